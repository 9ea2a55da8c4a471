package io.realmwright.deployerpolicy.label;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Labels of a realm or a host; as a selector, the labels that something must carry. In the order of their keys. */
public record Labels(SortedMap<String, String> byKey) {
    public static final int MAX_LABELS = 64;
    public static final Labels NONE = of(Map.of());

    public Labels {
        byKey = Collections.unmodifiableSortedMap(new TreeMap<>(byKey));
    }

    public static Labels of(Map<String, String> labels) {
        return new Labels(new TreeMap<>(labels));
    }

    /** Whether everything that {@code selector} asks for is here. */
    public boolean carry(Labels selector) {
        return byKey.entrySet().containsAll(selector.byKey.entrySet());
    }

    public int size() {
        return byKey.size();
    }

    @Override
    public String toString() {
        return byKey.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
