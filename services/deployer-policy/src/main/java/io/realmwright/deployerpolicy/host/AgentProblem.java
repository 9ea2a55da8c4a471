package io.realmwright.deployerpolicy.host;

import io.realmwright.machine.host.RmiRefusal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why an agent refused, in its own words.
 *
 * @param status of the HTTP answer
 * @param slug the last part of the problem's type, for example {@code rmi-refused}; {@code about:blank} if it has none
 * @param step which step of a launch it was, null if it was none
 * @param rmi the RMI call that was refused, null if there was none
 * @param reasons codes of what the host cannot do, or of what is wrong with a grant
 * @param realm the agent's record of the launch, null if it kept none
 */
public record AgentProblem(
        int status,
        String slug,
        String detail,
        @Nullable String step,
        @Nullable RmiRefusal rmi,
        List<String> reasons,
        @Nullable UUID realm) {
    public AgentProblem {
        reasons = List.copyOf(reasons);
    }

    public boolean is(String expectedSlug) {
        return slug.equals(expectedSlug);
    }
}
