package io.realmwright.machine.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.memory.MemoryRun;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import io.realmwright.machine.trace.ReplayLimits;
import io.realmwright.machine.trace.TraceSink;
import io.realmwright.machine.trace.TracedCall;
import io.realmwright.machine.trace.TracedCalls;
import io.realmwright.machine.trace.TracedMemory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A realm's calls and its memory after each of them, read from its trace alone. */
class TracedRealmTest {
    private static final LaunchPlan LOW_HALF =
            LaunchPlan.of(new RipasMode.DeployerRanges(List.of(Realms.LOW_HALF)), new RunTimeVerdict.Accept());

    @Nested
    @ParameterizedClass(name = "{0}")
    @EnumSource(names = {"RMM_1_0_KVM_RME_V10", "RMM_2_0_KVM_RMI_INIT_RIPAS"})
    class OnARealm {
        private final List<String> trace = new ArrayList<>();
        private final SimulatedHost host;

        OnARealm(HostProfile profile) {
            host = Realms.host(profile);
        }

        @Test
        @DisplayName("The memory rebuilt at the last call is what the live machine holds, and nothing before and after")
        void theMemoryIsRebuilt() {
            RealmVm vm = launch(GuestProfile.LINUX_EARLY_RSI);
            int launched = calls().size();
            List<MemoryRun> afterLaunch = vm.memory();
            vm.run();
            int ran = calls().size();
            List<MemoryRun> afterRun = vm.memory();
            vm.destroy();

            assertThat(afterLaunch).isNotEqualTo(afterRun);
            assertThat(after(launched - 1)).isEqualTo(new TracedMemory.Answer.Rebuilt(afterLaunch));
            assertThat(after(ran - 1)).isEqualTo(new TracedMemory.Answer.Rebuilt(afterRun));
            assertThat(after(0)).isEqualTo(new TracedMemory.Answer.Rebuilt(List.of()));
            assertThat(after(calls().size() - 1)).isEqualTo(new TracedMemory.Answer.Rebuilt(List.of()));
        }

        @Test
        @DisplayName("RAM appears with the call that declares it, not before")
        void ramAppearsWithItsCall() {
            launch(GuestProfile.UNAWARE);
            List<TracedCall> calls = calls();
            long declaring = calls.stream()
                    .filter(call -> call.command().equals("RMI_RTT_INIT_RIPAS"))
                    .filter(call -> call.status().equals("RMI_SUCCESS"))
                    .mapToLong(TracedCall::number)
                    .max()
                    .orElseThrow();
            long lastOfLowHalf = Realms.LOW_HALF.top() - 4096;

            assertThat(ripasAt(declaring - 1, lastOfLowHalf)).isEqualTo("EMPTY");
            assertThat(ripasAt(declaring, lastOfLowHalf)).isEqualTo("RAM");
            assertThat(ripasAt(declaring, Realms.LOW_HALF.top())).isEqualTo("EMPTY");
        }

        @Test
        @DisplayName("A call that the trace does not have is named as such")
        void aCallBehindTheEnd() {
            launch(GuestProfile.UNAWARE);

            assertThat(after(calls().size())).isEqualTo(new TracedMemory.Answer.NoSuchCall(calls().size()));
        }

        @Test
        @DisplayName("The calls are numbered from the boot call, with status, exit and what the guest called")
        void theCallsAreListed() {
            RealmVm vm = launch(GuestProfile.LINUX_EARLY_RSI);
            vm.run();
            List<TracedCall> calls = calls();

            for (int i = 0; i < calls.size(); i++) {
                assertThat(calls.get(i).number()).isEqualTo(i);
            }
            assertThat(calls.size() - 1L)
                    .isEqualTo(vm.rmiCalls().values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
            assertThat(calls)
                    .filteredOn(call -> call.command().equals("RMI_REALM_CREATE"))
                    .singleElement()
                    .satisfies(call -> assertThat(call.status()).isEqualTo("RMI_SUCCESS"));
            assertThat(calls)
                    .filteredOn(call -> call.command().equals("RMI_REC_ENTER"))
                    .isNotEmpty()
                    .allSatisfy(call -> assertThat(call.exit()).isNotNull())
                    .flatExtracting(TracedCall::guestCalls)
                    .extracting(TracedCall.GuestCall::command)
                    .contains("RSI_IPA_STATE_SET");
            assertThat(calls)
                    .filteredOn(call -> call.status().equals("RMI_ERROR_RTT"))
                    .isNotEmpty()
                    .allSatisfy(call -> assertThat(call.index()).isBetween(0, 3));
        }

        private RealmVm launch(GuestProfile guest) {
            var result = host.launch(
                    Realms.running(guest), LOW_HALF, Realms.STORE, LaunchObserver.NONE, (TraceSink) trace::add);
            return ((LaunchResult.Launched) result).vm();
        }

        private List<TracedCall> calls() {
            return ((TracedCalls.Answer.Listed) TracedCalls.of(stream(trace), ReplayLimits.NONE)).calls();
        }

        private TracedMemory.Answer after(long call) {
            return TracedMemory.after(call, stream(trace), ReplayLimits.NONE);
        }

        private String ripasAt(long call, long ipa) {
            return ((TracedMemory.Answer.Rebuilt) after(call))
                    .runs().stream()
                            .filter(run -> run.range().contains(IpaRange.of(ipa, 4096)))
                            .map(MemoryRun::ripas)
                            .findFirst()
                            .orElseThrow();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"no trace", "{\"call\":\"RMI_NOTHING\",\"args\":[],\"x\":[]}", "{"})
    @DisplayName("What is no trace is refused with its line and never an exception")
    void noTrace(String text) {
        assertThat(TracedMemory.after(0, stream(List.of(text)), ReplayLimits.NONE))
                .isInstanceOfSatisfying(
                        TracedMemory.Answer.Unplayable.class,
                        answer -> assertThat(answer.line()).isEqualTo(1));
        assertThat(TracedCalls.of(stream(List.of(text)), ReplayLimits.NONE))
                .isInstanceOfSatisfying(
                        TracedCalls.Answer.Unreadable.class,
                        answer -> assertThat(answer.line()).isEqualTo(1));
    }

    @Test
    @DisplayName("A trace that this machine answers otherwise tells no memory")
    void anotherAnswer() {
        var trace = List.of("{\"call\":\"RMI_RMM_ACTIVATE\",\"args\":[],\"x\":[\"0x4\"]}");

        assertThat(TracedMemory.after(0, stream(trace), ReplayLimits.NONE))
                .isEqualTo(new TracedMemory.Answer.Unplayable(
                        1, "this machine answers RMI_RMM_ACTIVATE otherwise than the recorded one"));
    }

    private static ByteArrayInputStream stream(List<String> trace) {
        return new ByteArrayInputStream(String.join("\n", trace).getBytes(StandardCharsets.UTF_8));
    }
}
