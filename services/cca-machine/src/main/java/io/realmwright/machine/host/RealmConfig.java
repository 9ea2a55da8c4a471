package io.realmwright.machine.host;

import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.PersonalizationValue;

/** What a VMM can choose about a realm where the KVM UABI lets it. */
record RealmConfig(HashAlgorithm hash, PersonalizationValue rpv) {
    /** A realm whose VMM has no say. */
    static final RealmConfig DEFAULT = new RealmConfig(HashAlgorithm.SHA_256, PersonalizationValue.ZERO);
}
