package io.realmwright.hostagent.realm;

/** What a look at a realm on its machine gives. */
public sealed interface Inspection<T> {
    record Seen<T>(T value) implements Inspection<T> {}

    /** The realm is not, or no longer, on the machine. */
    record Gone<T>(Realm realm) implements Inspection<T> {}

    record NoSuchRealm<T>() implements Inspection<T> {}
}
