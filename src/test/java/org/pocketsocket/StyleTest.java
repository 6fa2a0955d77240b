package org.pocketsocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The budgets of the house style. Raising one is a decision, and has a page in docs/decisions. */
class StyleTest {

    private static final int FILE_LINES = 300;
    private static final int METHOD_LINES = 30;
    private static final int USUAL_METHOD_LINES = 12;
    private static final int PARAMETERS = 4;
    private static final int ROOT_TYPES = 20;

    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TEST = Path.of("src/test/java");
    private static final Pattern LAYER = Pattern.compile("Abstract.*|.*(Impl|Manager|Helper|Utils?)");

    private static Survey main;
    private static Survey test;

    @BeforeAll
    static void read() throws IOException {
        main = Survey.of(MAIN);
        test = Survey.of(TEST);
    }

    @Test
    void a_file_has_at_most_300_lines() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : files(MAIN)) {
            int lines = Files.readAllLines(file).size();
            if (lines > FILE_LINES) {
                tooLong.add(file + " has " + lines + " lines");
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void a_method_has_at_most_30_lines() {
        assertThat(main.methods)
                .isNotEmpty()
                .filteredOn(method -> method.lines > METHOD_LINES)
                .isEmpty();
    }

    @Test
    void nine_methods_in_ten_have_at_most_12_lines() {
        List<Method> longer = main.methods.stream()
                .filter(method -> method.lines > USUAL_METHOD_LINES)
                .toList();
        long all = main.methods.stream().filter(method -> method.lines > 0).count();
        assertThat(longer).hasSizeLessThanOrEqualTo((int) all / 10);
    }

    @Test
    void a_method_has_at_most_4_parameters() {
        assertThat(main.methods)
                .filteredOn(method -> method.parameters > PARAMETERS)
                .isEmpty();
    }

    @Test
    void the_root_package_has_at_most_20_types() throws IOException {
        try (Stream<Path> root = Files.list(MAIN.resolve("org/pocketsocket"))) {
            assertThat(root.filter(Files::isRegularFile).filter(file -> !file.endsWith("package-info.java")))
                    .hasSizeBetween(1, ROOT_TYPES);
        }
    }

    @Test
    void types_are_named_for_the_thing_not_for_its_layer() {
        assertThat(Stream.of(main, test).flatMap(survey -> survey.types.stream()))
                .isNotEmpty()
                .filteredOn(name -> LAYER.matcher(name).matches())
                .isEmpty();
    }

    @Test
    void tests_do_not_sleep() {
        assertThat(test.sleeps).isEmpty();
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** Its lines are the body's, from brace to brace; none without a body. */
    private record Method(String place, long lines, int parameters) {}

    /** What the compiler's parser sees in a source tree. */
    private static final class Survey extends TreePathScanner<Void, CompilationUnitTree> {

        private final List<Method> methods = new ArrayList<>();
        private final List<String> types = new ArrayList<>();
        private final List<String> sleeps = new ArrayList<>();
        private final SourcePositions positions;

        private Survey(SourcePositions positions) {
            this.positions = positions;
        }

        static Survey of(Path root) throws IOException {
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
                JavacTask task = (JavacTask) compiler.getTask(
                        null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files(root)));
                Survey survey = new Survey(Trees.instance(task).getSourcePositions());
                task.parse().forEach(file -> survey.scan(file, file));
                return survey;
            }
        }

        @Override
        public Void visitClass(ClassTree type, CompilationUnitTree file) {
            types.add(type.getSimpleName().toString());
            return super.visitClass(type, file);
        }

        @Override
        public Void visitMethod(MethodTree method, CompilationUnitTree file) {
            int parameters =
                    isRecordsConstructor(method) ? 0 : method.getParameters().size();
            String place = place(method, file) + " " + method.getName();
            long lines = method.getBody() == null ? 0 : lines(method.getBody(), file);
            methods.add(new Method(place, lines, parameters));
            return super.visitMethod(method, file);
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree select, CompilationUnitTree file) {
            if (select.getIdentifier().contentEquals("sleep")) {
                sleeps.add(place(select, file));
            }
            return super.visitMemberSelect(select, file);
        }

        private boolean isRecordsConstructor(MethodTree method) {
            return method.getReturnType() == null
                    && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
        }

        private long lines(Tree body, CompilationUnitTree file) {
            LineMap lines = file.getLineMap();
            return lines.getLineNumber(positions.getEndPosition(file, body))
                    - lines.getLineNumber(positions.getStartPosition(file, body))
                    + 1;
        }

        private String place(Tree tree, CompilationUnitTree file) {
            return Path.of(file.getSourceFile().getName()).getFileName() + ":"
                    + file.getLineMap().getLineNumber(positions.getStartPosition(file, tree));
        }
    }
}
