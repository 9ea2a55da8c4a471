package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.image.Images;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.RealmSpec;
import java.util.List;
import org.springframework.stereotype.Component;

/** Brings to an agent the images of a realm that it lacks. */
@Component
class ImagePush {
    private final Images images;
    private final Agents agents;

    ImagePush(Images images, Agents agents) {
        this.images = images;
        this.agents = agents;
    }

    /** Stops at the first image that does not get there. */
    AgentAnswer<Boolean> push(RealmSpec spec, Host host) {
        List<String> digests =
                spec.images().stream().map(ImagePlacement::sha256).distinct().toList();
        AgentAnswer<Boolean> last = new AgentAnswer.Ok<>(true);
        for (String sha256 : digests) {
            last = pushIfMissing(sha256, host);
            if (!(last instanceof AgentAnswer.Ok<Boolean>)) {
                return last;
            }
        }
        return last;
    }

    private AgentAnswer<Boolean> pushIfMissing(String sha256, Host host) {
        return switch (agents.hasImage(host.address(), sha256)) {
            case AgentAnswer.Ok<Boolean>(var isThere) when isThere -> new AgentAnswer.Ok<>(true);
            case AgentAnswer.Ok<Boolean> _ -> {
                byte[] content = images.content(sha256).orElseThrow();
                yield agents.pushImage(host.address(), sha256, content);
            }
            case AgentAnswer.Refused<Boolean> refused -> refused;
            case AgentAnswer.NoAnswer<Boolean> none -> none;
        };
    }
}
