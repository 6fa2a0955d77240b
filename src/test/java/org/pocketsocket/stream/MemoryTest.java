package org.pocketsocket.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is kept is bounded on each shelf in number, and everywhere in bytes. */
class MemoryTest {

    private static final Target TO = new Target(Optional.of("c"), List.of(), Set.of(), false);

    private static Item item(int number) {
        return Item.of(Item.MESSAGE, TO, Instant.EPOCH).with(Map.of("message", Integer.toString(number)));
    }

    private static List<String> numbers(Memory.Shelf shelf) {
        return shelf.items().stream().map(item -> item.member("message")).toList();
    }

    @Test
    void a_shelf_keeps_the_latest() {
        Memory.Shelf shelf = new Memory(1_000_000).shelf(2);
        for (int i = 0; i < 5; i++) {
            shelf.keep(item(i));
        }
        assertThat(numbers(shelf)).containsExactly("3", "4");
        shelf.resize(1);
        assertThat(numbers(shelf)).containsExactly("4");
    }

    @Test
    void a_shelf_without_room_keeps_nothing() {
        Memory memory = new Memory(1_000_000);
        memory.shelf(0).keep(item(1));
        assertThat(memory.bytes()).isZero();
    }

    @Test
    void the_oldest_of_all_shelves_goes_when_there_are_too_many_bytes() {
        Memory memory = new Memory(3000);
        Memory.Shelf a = memory.shelf(100);
        Memory.Shelf b = memory.shelf(100);
        a.keep(item(0));
        for (int i = 1; i < 50; i++) {
            b.keep(item(i));
        }
        assertThat(numbers(a)).isEmpty();
        assertThat(numbers(b)).hasSizeBetween(2, 8).last().isEqualTo("49");
        assertThat(memory.bytes()).isBetween(1500L, 3000L);
    }

    @Test
    void what_is_removed_replaced_or_forgotten_is_not_counted_any_more() {
        Memory memory = new Memory(1_000_000);
        Memory.Shelf shelf = memory.shelf(10);
        Item first = item(1);
        shelf.keep(first);
        long one = memory.bytes();
        shelf.keep(first);
        assertThat(memory.bytes()).isEqualTo(one);
        shelf.replace(first.key(), item -> item.with(Map.of("message", "\"" + "x".repeat(1000) + "\"")));
        assertThat(memory.bytes()).isGreaterThan(one + 1000);
        assertThat(shelf.get(first.key()))
                .hasValueSatisfying(item -> assertThat(item.member("message")).hasSize(1002));
        assertThat(shelf.replace("message none", item -> item)).isEmpty();
        shelf.remove(first.key());
        assertThat(memory.bytes()).isZero();
        shelf.keep(item(2));
        memory.clear(List.of(shelf));
        assertThat(memory.bytes()).isZero();
        shelf.keep(item(3));
        assertThat(numbers(shelf)).containsExactly("3");
    }

    @Test
    void an_item_that_is_larger_than_all_memory_is_not_kept() {
        Memory memory = new Memory(100);
        memory.shelf(10).keep(item(1));
        assertThat(memory.bytes()).isZero();
    }
}
