package io.realmwright.hostagent.machine.rest;

import io.realmwright.hostagent.machine.MachineBrokenException;
import io.realmwright.hostagent.machine.MachineBusyException;
import io.realmwright.hostagent.machine.MachineLostPowerException;
import io.realmwright.hostagent.problem.Problem;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every operation that uses a machine may find it busy, or see it lose power or break. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class MachineAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(MachineAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> busy(MachineBusyException e) {
        return Problem.MACHINE_BUSY.retryLater(
                "Other requests have been using machine " + e.machine() + " for " + e.patience() + ".");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> lostPower(MachineLostPowerException e) {
        return Problem.MACHINE_LOST_POWER.retryLater(
                "Machine " + e.machine() + " lost power and was booted anew; its realms are LOST.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> broke(MachineBrokenException e) {
        LOG.atError().addKeyValue("machine", e.machine()).setCause(e).log("A simulated machine contradicted itself");
        String where = e.call().map(call -> " at " + call).orElse("");
        return Problem.MACHINE_BROKEN.retryLater(
                "Machine " + e.machine() + " contradicted itself" + where
                        + " and was booted anew; its realms are LOST.",
                e.call().map(call -> Map.of("call", call)).orElse(Map.of()));
    }
}
