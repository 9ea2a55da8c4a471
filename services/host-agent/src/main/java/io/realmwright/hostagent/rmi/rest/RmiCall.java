package io.realmwright.hostagent.rmi.rest;

import io.realmwright.hostagent.json.Fields;
import io.realmwright.machine.host.SimulatedHost;
import io.realmwright.machine.trace.CommandNames;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A raw RMI call, written as in a trace.
 *
 * @param call name or FID, as the caller wrote it
 * @param arguments X1 and up
 */
record RmiCall(String call, long fid, List<Long> arguments) {
    private static final Pattern SYNTAX = Pattern.compile("RMI_[A-Z0-9_]{1,60}|0x[0-9a-fA-F]{1,16}");
    private static final String RULE = "must be the name of an RMI call, or a FID as 0x and 1 to 16 hexadecimal digits";

    static RmiCall read(Fields body) {
        String call = body.text("call", SYNTAX, RULE);
        Long fid = CommandNames.rmiFid(call);
        if (fid == null && !call.isEmpty()) {
            body.reject("call", RULE);
        }
        return new RmiCall(call, fid == null ? 0 : fid, body.words("args", SimulatedHost.RMI_ARGUMENTS));
    }
}
