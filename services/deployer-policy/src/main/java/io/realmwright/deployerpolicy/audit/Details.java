package io.realmwright.deployerpolicy.audit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an entry says beside its event and subject: texts, whole numbers, booleans, and lists and details of those. */
public final class Details {
    private final SortedMap<String, Object> members = new TreeMap<>();

    /** Adds a member, and leaves out what is absent. */
    public Details with(String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, plain(value));
        }
        return this;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Boolean _, Integer _, Long _ -> value;
            case Details nested -> nested.members();
            case List<?> elements -> elements.stream().map(Details::plain).toList();
            default -> value.toString();
        };
    }

    public Map<String, Object> members() {
        return Collections.unmodifiableSortedMap(members);
    }
}
