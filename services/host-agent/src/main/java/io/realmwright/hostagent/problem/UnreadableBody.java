package io.realmwright.hostagent.problem;

import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;

/** Says why a body is not JSON, and where. */
final class UnreadableBody {
    private UnreadableBody() {}

    static String explain(HttpMessageNotReadableException e) {
        if (!(e.getCause() instanceof JacksonException json)) {
            return "The body is missing or not JSON.";
        }
        var location = json.getLocation();
        return location == null || location.getLineNr() < 1
                ? "The body is not JSON."
                : "The body is not JSON: line " + location.getLineNr() + ", column " + location.getColumnNr() + ".";
    }
}
