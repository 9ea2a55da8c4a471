package io.realmwright.deployerpolicy.json;

import io.realmwright.deployerpolicy.label.Labels;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads labels and selectors, which JSON writes as an object of strings. */
public final class LabelFields {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_./-]{0,61}[A-Za-z0-9])?");
    private static final int VALUE_MAX_CHARACTERS = 255;

    private LabelFields() {}

    public static Labels read(Fields fields, String field, @Nullable Map<String, @Nullable String> document) {
        if (document == null) {
            return Labels.NONE;
        }
        if (document.size() > Labels.MAX_LABELS) {
            fields.reject(field, "has at most " + Labels.MAX_LABELS + " labels");
        }
        var labels = new TreeMap<String, String>();
        document.forEach((key, value) -> {
            String path = field + "." + key;
            if (!KEY.matcher(key).matches()) {
                fields.reject(path, "has a key of 1 to 63 letters, digits and inner - _ . /");
            } else if (value == null || value.length() > VALUE_MAX_CHARACTERS) {
                fields.reject(path, "has a value of at most " + VALUE_MAX_CHARACTERS + " characters");
            } else {
                labels.put(key, value);
            }
        });
        return new Labels(labels);
    }
}
