package io.realmwright.helm;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields that an object of the Kubernetes API was given and does not have. Helm's API server would drop them in silence. */
final class StrictTypes {
    private static final String MODEL = "io.fabric8";

    private StrictTypes() {}

    static List<String> unknownFields(Object object) {
        List<String> unknown = new ArrayList<>();
        walk(object, "", unknown);
        return unknown;
    }

    private static void walk(@Nullable Object value, String path, List<String> unknown) {
        switch (value) {
            case null -> {}
            case Collection<?> all -> {
                int index = 0;
                for (Object element : all) {
                    walk(element, path + "[" + index++ + "]", unknown);
                }
            }
            case Map<?, ?> map -> map.forEach((key, element) -> walk(element, path + "." + key, unknown));
            default -> {
                if (value.getClass().getName().startsWith(MODEL)) {
                    walkProperties(value, path, unknown);
                }
            }
        }
    }

    private static void walkProperties(Object value, String path, List<String> unknown) {
        Arrays.stream(value.getClass().getMethods())
                .filter(method ->
                        method.getParameterCount() == 0 && method.getName().startsWith("get"))
                .forEach(method -> {
                    Object property = call(method, value);
                    if (method.isAnnotationPresent(JsonAnyGetter.class) && property instanceof Map<?, ?> others) {
                        others.keySet().forEach(key -> unknown.add(path + "." + key));
                    } else {
                        walk(property, path + "." + method.getName().substring(3), unknown);
                    }
                });
    }

    private static @Nullable Object call(Method method, Object value) {
        try {
            return method.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a getter of the model cannot be called", e);
        }
    }
}
