package io.realmwright.machine.trace;

/** The kinds of answers that a trace expects of a machine. */
public enum Expectation {
    CALL_RESULT("call results"),
    GUEST_RET("guest ret"),
    EXIT("exit"),
    RIM("rim"),
    RD("rd"),
    GSTATE("gstate"),
    GSTATES("gstates"),
    RTT("rtt"),
    READQ("readq"),
    GREAD("gread");

    private final String title;

    Expectation(String title) {
        this.title = title;
    }

    /** How it is called in a trace and in reports. */
    public String title() {
        return title;
    }
}
