package io.realmwright.hostagent.realm.rest;

import io.realmwright.hostagent.json.Fields;
import io.realmwright.hostagent.json.LaunchPlanJson;
import io.realmwright.hostagent.json.RealmSpecJson;
import io.realmwright.hostagent.realm.LaunchRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** The body of a launch. */
final class LaunchRequestJson {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9](?:[-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?");
    private static final Pattern GRANT = Pattern.compile("\\p{ASCII}{1,16384}");
    private static final UUID NO_ID = new UUID(0, 0);

    private LaunchRequestJson() {}

    static LaunchRequest read(Fields launch) {
        var id = launch.text("launchId", ID, "must be a UUID in lower case");
        return new LaunchRequest(
                id.isEmpty() ? NO_ID : UUID.fromString(id),
                launch.text("name", NAME, "must be 1 to 63 letters, digits and -._, a letter or digit first and last"),
                launch.object("spec", RealmSpecJson::read),
                launch.object("plan", LaunchPlanJson::read),
                launch.optionalText("grant", GRANT, "must be a compact JWS").orElse(null));
    }
}
