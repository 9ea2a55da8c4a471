/** The simulated Arm CCA machine. It reads nothing but {@code java.base}: no clock, no logging, and no I/O but the command line's. */
@org.jspecify.annotations.NullMarked
module io.realmwright.machine {
    requires static transitive org.jspecify;

    exports io.realmwright.machine.attestation;
    exports io.realmwright.machine.fault;
    exports io.realmwright.machine.guest;
    exports io.realmwright.machine.host;
    exports io.realmwright.machine.memory;
    exports io.realmwright.machine.rim;
    exports io.realmwright.machine.spec;
    exports io.realmwright.machine.trace;
}
