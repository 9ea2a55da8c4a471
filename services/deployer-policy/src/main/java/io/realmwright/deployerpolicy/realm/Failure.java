package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.host.AgentProblem;
import io.realmwright.machine.host.RmiRefusal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a realm failed.
 *
 * @param reason a code, the agent's own where it gave one: {@code RMI_REFUSED}
 * @param step the step of the launch, null if it was none
 * @param rmi the RMI call that was refused, in the RMM's words, null if there was none
 */
public record Failure(
        String reason,
        String message,
        @Nullable String step,
        @Nullable RmiRefusal rmi) {
    static Failure of(AgentProblem problem) {
        String reason = problem.slug().equals("about:blank")
                ? "REFUSED_BY_AGENT"
                : problem.slug().toUpperCase(Locale.ROOT).replace('-', '_');
        String codes = problem.reasons().isEmpty() ? "" : " (" + String.join(", ", problem.reasons()) + ")";
        return new Failure(reason, problem.detail() + codes, problem.step(), problem.rmi());
    }

    static Failure whileRunning(RmiRefusal refusal) {
        return new Failure(
                "HOST_FAILED",
                "The host could not serve the guest: the RMM refused " + refusal.command() + " with " + refusal.status()
                        + ".",
                null,
                refusal);
    }
}
