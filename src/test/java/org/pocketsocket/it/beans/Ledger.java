package org.pocketsocket.it.beans;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.On;

/** A channel that writes into a database and tells of it. */
@Channel("ledger")
public class Ledger {

    public record Entry(@NotBlank String text, boolean fails) {}

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource data;

    @Inject
    private Aside aside;

    @On("login")
    public void login(String name, Member me) {
        me.identify(Identity.of(name, "clerk"));
    }

    @On("audit")
    @RolesAllowed("clerk")
    public String audit(Identity who) {
        return who.name();
    }

    @On("check")
    public String check(@Valid Entry entry) {
        return entry.text();
    }

    @On("job")
    public CompletionStage<String> job(Member me) {
        CompletableFuture<String> name = new CompletableFuture<>();
        me.spawn(() -> name.complete(Thread.currentThread().getName()));
        return name;
    }

    /** Tells of the entry before it is sure to be there. */
    @On("book")
    @Transactional
    public void book(Entry entry, ChannelRef ledger) throws SQLException {
        ledger.send("booked", entry.text());
        try (Connection connection = data.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into entries values (?)")) {
            insert.setString(1, entry.text());
            insert.executeUpdate();
        }
        aside.send(ledger, entry.text());
        if (entry.fails()) {
            throw new IllegalStateException("expected by a test: " + entry.text());
        }
    }

    @On("open")
    public void open() throws SQLException {
        try (Connection connection = data.getConnection();
                Statement create = connection.createStatement()) {
            create.executeUpdate("create table if not exists entries (text varchar(100))");
        }
    }

    @On("count")
    public int count(String text) throws SQLException {
        try (Connection connection = data.getConnection();
                PreparedStatement query = connection.prepareStatement("select count(*) from entries where text = ?")) {
            query.setString(1, text);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }
}
