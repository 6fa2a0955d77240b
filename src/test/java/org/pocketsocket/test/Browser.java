package org.pocketsocket.test;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Chromium or Chrome that is installed here, headless. One process serves all tests, one after the other: it starts
 * with the first and ends with them. What a test sees of it, cookies, storage and pages, is its own.
 */
public final class Browser implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    /**
     * What a page does not need of the browser around it, and a fifth of its CPU: windows with buttons that are pages
     * themselves, and processes in reserve. The first four Playwright switches off, too; the last list counts.
     */
    private static final String ELSEWHERE = String.join(
            ",",
            "HttpsUpgrades",
            "OptimizationHints",
            "PaintHolding",
            "Translate",
            "InitialWebUI",
            "PreloadTopChromeWebUI",
            "SpareRendererForSitePerProcess",
            "WebUIOmniboxPopup",
            "WebUIReloadButton");

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-features=" + ELSEWHERE);

    private static com.microsoft.playwright.@Nullable Browser chromium;

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private Browser() {}

    /** Opens it; the test is skipped where there is none, but on CI that is a failure. */
    public static Browser start() {
        Optional<Path> executable = find();
        if (executable.isEmpty() && System.getenv("CI") != null) {
            throw new AssertionError("CI needs Chromium or Chrome, and none is on the PATH");
        }
        assumeTrue(executable.isPresent(), "skipped: neither Chromium nor Chrome is on the PATH");
        if (chromium == null || !chromium.isConnected()) {
            chromium = Playwright.create()
                    .chromium()
                    .launch(new LaunchOptions()
                            .setExecutablePath(executable.get())
                            .setArgs(ARGUMENTS));
        }
        return new Browser();
    }

    private static Optional<Path> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(java.io.File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A page of somebody else: with cookies and storage of its own. */
    public Page page() {
        return page(1200, 800);
    }

    public Page page(int width, int height) {
        return page(new NewContextOptions().setViewportSize(width, height));
    }

    public Page page(NewContextOptions options) {
        BrowserContext context = Objects.requireNonNull(chromium).newContext(options);
        contexts.add(context);
        Page page = context.newPage();
        page.onPageError(error -> complaints.add(error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    /** What pages complained about: errors on the console, exceptions nobody caught. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        contexts.forEach(BrowserContext::close);
    }
}
