package io.realmwright.hostagent.rmi.rest;

import io.realmwright.hostagent.json.Hex;
import io.realmwright.machine.host.RmiAnswer;
import java.util.List;

/**
 * A raw RMI call and its answer, as JSON.
 *
 * @param x X0 to X7
 */
record RmiAnswerBody(String call, List<String> args, List<String> x, String status, int index, boolean simulated) {
    static RmiAnswerBody of(RmiCall call, RmiAnswer answer) {
        return new RmiAnswerBody(
                call.call(),
                call.arguments().stream().map(Hex::of).toList(),
                answer.registers().stream().map(Hex::of).toList(),
                answer.status(),
                answer.index(),
                true);
    }
}
