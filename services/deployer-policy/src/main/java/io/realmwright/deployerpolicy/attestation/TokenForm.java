package io.realmwright.deployerpolicy.attestation;

/** The outer form of a CCA token, which tells the generation of the RMM that made it. */
public enum TokenForm {
    /** A collection of byte strings, tag 399. */
    RMM_1_0("tag:arm.com,2023:realm#1.0.0"),
    /** A collection of CMW records, tag 907. */
    RMM_2_0("tag:arm.com,2024:realm#2.0.0");

    private final String realmProfile;

    TokenForm(String realmProfile) {
        this.realmProfile = realmProfile;
    }

    /** The profile that the realm token of this form claims. */
    String realmProfile() {
        return realmProfile;
    }

    static TokenForm ofRmm(String version) {
        return version.startsWith("1.") ? RMM_1_0 : RMM_2_0;
    }
}
