package io.realmwright.deployerpolicy.quota;

/** What realms hold. */
public interface QuotaUsage {
    Quota.Usage of(String labelKey, String labelValue);
}
