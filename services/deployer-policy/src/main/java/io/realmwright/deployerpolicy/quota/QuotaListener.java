package io.realmwright.deployerpolicy.quota;

/** Hears of changes of quotas, inside the transaction that records them. */
public interface QuotaListener {
    /** A quota changed or is gone: realms that found no room may find some. */
    void changed();
}
