package io.realmwright.machine.spec;

import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestStep;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * One text for each spec and plan, the same wherever it is made: what a grant's digests are taken of. A field's order
 * and spelling never change; a new field is a new line that old texts do not have.
 */
public final class CanonicalText {
    private final StringBuilder text = new StringBuilder();

    private CanonicalText() {}

    public static String of(RealmSpec spec) {
        var canonical = new CanonicalText();
        canonical.line("realm-spec 1");
        for (Memslot slot : spec.memslots()) {
            canonical.line("memslot", slot.range(), slot.guestMemfd() ? "guest_memfd" : "shared");
        }
        canonical.line("vcpus", spec.vcpus());
        canonical.line("ipa-bits", spec.ipaBits());
        canonical.line("hash", spec.hashAlgorithm());
        for (ImagePlacement image : spec.images()) {
            canonical.line("image", image.sha256(), image.ipa(), image.measured() ? "measured" : "unmeasured");
        }
        switch (spec.guest()) {
            case Guest.Profile(var profile) -> canonical.line("guest", profile);
            case Guest.Custom(var program) -> program.steps().forEach(canonical::step);
        }
        return canonical.text.toString();
    }

    /** The plan without its RPV, which is itself made of the grant that holds this text's digest. */
    public static String of(LaunchPlan plan) {
        var canonical = new CanonicalText();
        canonical.line("launch-plan 1");
        canonical.line("ripas-mode", plan.mode().kind());
        if (plan.mode() instanceof RipasMode.DeployerRanges(List<IpaRange> ranges)) {
            ranges.forEach(range -> canonical.line("range", range));
        }
        canonical.line("verdict", plan.verdict().kind());
        if (plan.verdict() instanceof RunTimeVerdict.AcceptRanges(List<IpaRange> ranges)) {
            ranges.forEach(range -> canonical.line("accept", range));
        }
        canonical.line("measured-contents", plan.measuredContents());
        return canonical.text.toString();
    }

    /** SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits. */
    public static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void step(GuestStep step) {
        switch (step) {
            case GuestStep.Touch(var access, var ipa) -> line("touch", access, ipa);
            case GuestStep.DetectRsi() -> line("detect-rsi");
            case GuestStep.ReadRealmConfig(var buffer) -> line("read-realm-config", buffer);
            case GuestStep.DeclareRam(var range, var changeDestroyed) -> line("declare-ram", range, changeDestroyed);
            case GuestStep.ReleaseRam(var range) -> line("release-ram", range);
            case GuestStep.MeasureRipas(var rem, var range) -> line("measure-ripas", rem, range);
            case GuestStep.ExtendRem(var rem, var value) -> line("extend-rem", rem, "\"" + value + "\"");
            case GuestStep.HostCall(var imm, var buffer) -> line("host-call", imm, buffer);
            case GuestStep.Attest(var page) -> line("attest", page);
            case GuestStep.StartSecondaries(var entry) -> line("start-secondaries", entry);
            case GuestStep.PowerOff() -> line("power-off");
            case GuestStep.Halt() -> line("halt");
        }
    }

    private void line(Object... words) {
        for (int i = 0; i < words.length; i++) {
            text.append(i == 0 ? "" : " ").append(words[i]);
        }
        text.append('\n');
    }
}
