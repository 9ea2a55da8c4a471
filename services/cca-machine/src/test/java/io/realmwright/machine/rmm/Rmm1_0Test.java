package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.Machine1_0.PARAMS;
import static io.realmwright.machine.rmm.Machine1_0.RUN_PAGE;
import static io.realmwright.machine.rmm.Machine1_0.SUCCESS;
import static io.realmwright.machine.rmm.Machine1_0.granule;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.vcpu.GuestThread;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What RMM 1.0 does and no recording shows; docs/model/rmm-1.0.md names these rules. */
class Rmm1_0Test {
    private static final int RD = 16;
    private static final int REC = 64;
    private static final int DATA = 96;
    private static final long PAGE = 0x3000;

    private static final long RTT_AT_LEVEL_3 = 0x304;

    private final Machine1_0 machine = new Machine1_0(cpu -> Trap.FIQ);

    @Test
    void anEntryAboveTheRootTablesIsBadInput() {
        long unprotected = 0x2_0000_0000L;
        machine.delegate(RD, 1);
        machine.delegate(32, 16);
        assertThat(machine.createRealm(RD, 32, 34, 2, 16, 0)).isEqualTo(SUCCESS);

        assertThat(machine.call(RmiCommand1_0.RMI_RTT_MAP_UNPROTECTED, granule(RD), unprotected, 1, 0))
                .isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(machine.registers(RmiCommand1_0.RMI_RTT_UNMAP_UNPROTECTED, granule(RD), unprotected, 1))
                .startsWith(RmiStatus.ERROR_INPUT, 0);
    }

    @Test
    void theContentsOfARealmNeverReachTheHost() {
        machine.createRealm(RD, REC);
        machine.delegate(DATA, 1);
        machine.rmm.memory().writeWord(granule(3), 0x5ec2e7);
        machine.succeed(RmiCommand1_0.RMI_DATA_CREATE, granule(RD), granule(DATA), PAGE, granule(3), 1);

        assertThat(machine.registers(RmiCommand1_0.RMI_DATA_DESTROY, granule(RD), PAGE))
                .startsWith(SUCCESS, granule(DATA));
        machine.succeed(RmiCommand1_0.RMI_GRANULE_UNDELEGATE, granule(DATA));

        assertThat(machine.rmm.memory().readWord(granule(DATA))).isZero();
    }

    @Test
    void theUpperHalfOfTheNumberOfAuxiliaryGranulesIsNotRead() {
        machine.createRealm(RD, REC);
        machine.delegate(DATA, 17);
        machine.writeRecParams(DATA, 0x1_0000_0010L);
        machine.rmm.memory().writeWord(PARAMS + 0x100, 1);

        machine.succeed(RmiCommand1_0.RMI_REC_CREATE, granule(RD), granule(DATA), PARAMS);
    }

    @ParameterizedTest
    @CsvSource({
        "0x40fe, 0, 0", // TDIR and the maintenance interrupts
        "0x100, 0, 3",
        "0, 40000000000003fb, 0", // 1019, the last SPI
        "0, 40000000000003fc, 3",
        "0, 4000000000001fff, 3",
        "0, 4000000000002000, 0", // 8192, the first LPI
        "0, 800000000000ffff, 0",
        "0, 8000000000010000, 3",
        "0, 4080000000000020, 0", // the one priority bit
        "0, 4040000000000020, 3",
        "0, 4000020000000020, 0", // EOI
        "0, 4000010000000020, 3",
        "0, c000000000000020, 0" // pending and active
    })
    void aHostGivesAlongJustInterruptsThatCanBeDelivered(String hcr, String listRegister, long status) {
        machine.createRealm(RD, REC);
        machine.succeed(RmiCommand1_0.RMI_REALM_ACTIVATE, granule(RD));
        machine.rmm.memory().writeWord(RUN_PAGE + 0x300, Long.decode(hcr));
        machine.rmm.memory().writeWord(RUN_PAGE + 0x308, Long.parseUnsignedLong(listRegister, 16));

        assertThat(machine.call(RmiCommand1_0.RMI_REC_ENTER, granule(REC), RUN_PAGE))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"false, " + RTT_AT_LEVEL_3, "true, " + SUCCESS})
    void aGuestMustSayThatItGivesDestroyedMemoryBack(boolean changeDestroyed, long status) {
        var asking = new Machine1_0(cpu -> {
            cpu.answer(RsiCommand.RSI_IPA_STATE_SET.fid(), PAGE, PAGE + 0x1000, Rtte.EMPTY);
            cpu.register(4, changeDestroyed ? 1 : 0);
            return Trap.SMC;
        });
        asking.createRealm(RD, REC);
        asking.delegate(DATA, 1);
        asking.succeed(RmiCommand1_0.RMI_DATA_CREATE, granule(RD), granule(DATA), PAGE, granule(3), 0);
        asking.registers(RmiCommand1_0.RMI_DATA_DESTROY, granule(RD), PAGE);
        asking.succeed(RmiCommand1_0.RMI_REALM_ACTIVATE, granule(RD));
        asking.succeed(RmiCommand1_0.RMI_REC_ENTER, granule(REC), RUN_PAGE);

        assertThat(asking.call(RmiCommand1_0.RMI_RTT_SET_RIPAS, granule(RD), granule(REC), PAGE, PAGE + 0x1000))
                .isEqualTo(status);
    }

    @Test
    void aGuestCallsAgainWhenTheHostHasBroughtThePageThatTheRmmMissed() {
        var guest = new GuestThread(List.of(new GuestStep.ReadRealmConfig(new Ipa(PAGE))), 1);
        var waiting = new Machine1_0(guest);
        waiting.createRealm(RD, REC);
        waiting.delegate(DATA, 1);
        waiting.succeed(RmiCommand1_0.RMI_RTT_INIT_RIPAS, granule(RD), 0, PAGE + 0x1000);
        waiting.succeed(RmiCommand1_0.RMI_REALM_ACTIVATE, granule(RD));

        waiting.succeed(RmiCommand1_0.RMI_REC_ENTER, granule(REC), RUN_PAGE);
        assertThat(waiting.rmm.memory().readWord(RUN_PAGE + RunPage.EXIT)).isEqualTo(RunPage.REASON_SYNC);
        assertThat(waiting.rmm.memory().readWord(RUN_PAGE + RunPage.EXIT + RunPage.HPFAR))
                .isEqualTo(PAGE >> 8);

        waiting.succeed(RmiCommand1_0.RMI_DATA_CREATE_UNKNOWN, granule(RD), granule(DATA), PAGE);
        waiting.succeed(RmiCommand1_0.RMI_REC_ENTER, granule(REC), RUN_PAGE);
        assertThat(waiting.rmm.memory().readWord(RUN_PAGE + RunPage.EXIT)).isEqualTo(RunPage.REASON_IRQ);
        assertThat(waiting.rmm.memory().readWord(granule(DATA))).isEqualTo(39);
    }

    @Test
    void noCommandThatOnly2_0HasIsKnown() {
        for (RmiCommand command : RmiCommand.values()) {
            if (RmiCommand1_0.of(command.fid()) == null) {
                long[] x = new long[Rmm.REGISTERS];
                x[0] = command.fid();
                machine.rmm.smc(x);
                assertThat(x).as(command.name()).containsExactly(-1, 0, 0, 0, 0, 0, 0, 0);
            }
        }
    }

    @Test
    void aNameThatBothRevisionsUseHasOneFid() {
        for (RmiCommand1_0 command : RmiCommand1_0.values()) {
            RmiCommand sameName = RmiCommand.named(command.name());
            if (sameName != null) {
                assertThat(sameName.fid()).as(command.name()).isEqualTo(command.fid());
            }
        }
    }
}
