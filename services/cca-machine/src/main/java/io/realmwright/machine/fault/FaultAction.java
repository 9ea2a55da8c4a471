package io.realmwright.machine.fault;

import java.time.Duration;

/** What goes wrong at a call. */
public sealed interface FaultAction {
    /**
     * The call changes nothing and answers this.
     *
     * @param status the status' name, for example {@code RMI_ERROR_INPUT}
     * @param index 0 to 255
     */
    record Refuse(String status, int index) implements FaultAction {}

    /** The call is carried out after this time has passed. */
    record Delay(Duration duration) implements FaultAction {}

    /** A call over a range is carried out over its first table entry only; any other call is carried out in full. */
    record PartialProgress() implements FaultAction {}

    /** The machine loses power before the call: {@link PowerLoss} is thrown, now and at every later call. */
    record PowerLoss() implements FaultAction {}
}
