package io.realmwright.hostagent.realm;

/** What came of a request to run a realm. */
public sealed interface RunAnswer {
    /** It has an outcome. */
    record Ran(Realm realm) implements RunAnswer {}

    /** It is not on the machine. */
    record NotRunnable(Realm realm) implements RunAnswer {}

    record NoSuchRealm() implements RunAnswer {}
}
