package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.image.Images;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.RealmSpec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Brings to an agent the images of a realm that it lacks. */
@Component
class ImagePush {
    private static final int KNOWN_MAX = 10_000;

    private final Images images;
    private final Agents agents;

    /** What agents were seen to have. One that lost an image refuses the launch, and is asked anew. */
    private final Set<Known> known = ConcurrentHashMap.newKeySet();

    private record Known(Host.Address host, String sha256) {}

    ImagePush(Images images, Agents agents) {
        this.images = images;
        this.agents = agents;
    }

    /** Whether nothing has to be pushed, as far as one knows without asking. */
    boolean areKnownToBeAt(Host host, RealmSpec spec) {
        return digests(spec).stream().allMatch(sha256 -> known.contains(new Known(host.address(), sha256)));
    }

    /** Stops at the first image that does not get there. */
    AgentAnswer<Boolean> push(RealmSpec spec, Host host) {
        AgentAnswer<Boolean> last = new AgentAnswer.Ok<>(true);
        for (String sha256 : digests(spec)) {
            last = pushIfMissing(sha256, host);
            if (!(last instanceof AgentAnswer.Ok<Boolean>)) {
                return last;
            }
        }
        return last;
    }

    private static List<String> digests(RealmSpec spec) {
        return spec.images().stream().map(ImagePlacement::sha256).distinct().toList();
    }

    /** Trusts no longer that the host has what it was seen to have. */
    void forget(Host host) {
        known.removeIf(image -> image.host().equals(host.address()));
    }

    private AgentAnswer<Boolean> pushIfMissing(String sha256, Host host) {
        var image = new Known(host.address(), sha256);
        if (known.contains(image)) {
            return new AgentAnswer.Ok<>(true);
        }
        AgentAnswer<Boolean> answer = askAndPush(sha256, host);
        if (answer instanceof AgentAnswer.Ok<Boolean>) {
            if (known.size() >= KNOWN_MAX) {
                known.clear();
            }
            known.add(image);
        }
        return answer;
    }

    private AgentAnswer<Boolean> askAndPush(String sha256, Host host) {
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
