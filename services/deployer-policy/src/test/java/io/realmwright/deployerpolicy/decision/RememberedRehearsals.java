package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.image.RequestedImage;
import io.realmwright.deployerpolicy.image.Sha256;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.support.GenericApplicationContext;

/** Rehearsals that are real the first time and remembered from then on: for who decides the same a thousand times. */
public final class RememberedRehearsals extends Rehearsal {
    private final Map<Question, Forecast> answers = new ConcurrentHashMap<>();

    private RememberedRehearsals() {}

    private record Question(RealmSpec spec, LaunchPlan plan, HostProfile profile) {}

    public static void registerIn(GenericApplicationContext context) {
        context.registerBean("rehearsal", Rehearsal.class, RememberedRehearsals::new);
    }

    /** The granules that a realm takes on a v14 host whose kernel declares all memory. */
    public static long granulesOf(GenericApplicationContext context, Deciding.Question question) {
        var images = new HashMap<String, byte[]>();
        RealmSpec spec = question.spec()
                .with(question.spec().images().stream()
                        .map(image -> placed(image, images))
                        .toList());
        Forecast forecast = context.getBean(Rehearsal.class)
                .of(
                        spec,
                        LaunchPlan.of(new RipasMode.HostAllMemslots(), new RunTimeVerdict.Accept()),
                        HostProfile.RMM_2_0_KVM_RMI_V14,
                        sha256 -> Optional.ofNullable(images.get(sha256)));
        return ((Forecast.Ran) forecast).granules();
    }

    private static ImagePlacement placed(RequestedImage image, Map<String, byte[]> images) {
        byte[] content = ((RequestedImage.Generated) image).content().bytes();
        String sha256 = Sha256.of(content);
        images.put(sha256, content);
        return new ImagePlacement(sha256, image.ipa(), image.measured());
    }

    @Override
    Forecast of(RealmSpec spec, LaunchPlan plan, HostProfile profile, ImageStore images) {
        return answers.computeIfAbsent(
                new Question(spec, plan, profile), question -> super.of(spec, plan, profile, images));
    }
}
