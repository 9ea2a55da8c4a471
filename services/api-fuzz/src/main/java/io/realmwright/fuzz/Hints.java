package io.realmwright.fuzz;

import java.util.List;
import java.util.Map;

/**
 * Values that mean something to the service under test, by the name of a parameter or property: without them next to no
 * random request would come past the first rule.
 *
 * @param parameters by {@code /first/path/segments name}, the longest that the operation's path begins with wins
 * @param properties by the name of a property of a body
 */
public record Hints(Map<String, List<String>> parameters, Map<String, List<String>> properties) {
    List<String> parameter(String path, String name) {
        return parameters.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(" " + name))
                .filter(entry -> path.startsWith(
                        entry.getKey().substring(0, entry.getKey().lastIndexOf(' '))))
                .max(Map.Entry.comparingByKey((a, b) -> Integer.compare(a.length(), b.length())))
                .map(Map.Entry::getValue)
                .orElse(List.of());
    }

    List<String> property(String name) {
        return properties.getOrDefault(name, List.of());
    }
}
