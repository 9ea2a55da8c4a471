package io.realmwright.deployerpolicy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;

@AnalyzeClasses(packages = "io.realmwright.deployerpolicy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] ADAPTERS = {
        "..rest..", "..jdbc..", "..json..", "..cel..", "..jose..", "..agentclient..", "..scheduler..", "..cli.."
    };
    private static final String[] CORE = {
        "io.realmwright.deployerpolicy.actor",
        "io.realmwright.deployerpolicy.audit",
        "io.realmwright.deployerpolicy.decision",
        "io.realmwright.deployerpolicy.grant",
        "io.realmwright.deployerpolicy.host",
        "io.realmwright.deployerpolicy.idempotency",
        "io.realmwright.deployerpolicy.image",
        "io.realmwright.deployerpolicy.impact",
        "io.realmwright.deployerpolicy.label",
        "io.realmwright.deployerpolicy.measurement",
        "io.realmwright.deployerpolicy.placement",
        "io.realmwright.deployerpolicy.policy",
        "io.realmwright.deployerpolicy.realm"
    };

    @ArchTest
    static final ArchRule theCoreKnowsNoAdapter = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ADAPTERS);

    @ArchTest
    static final ArchRule theCoreKnowsNoTechnology = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.web..",
                    "org.springframework.http..",
                    "org.springframework.jdbc..",
                    "tools.jackson..",
                    "com.fasterxml..",
                    "dev.cel..",
                    "com.nimbusds..",
                    "com.github.kagkarlsson..");

    @ArchTest
    static final ArchRule sqlStaysInItsAdapters = noClasses()
            .that()
            .resideOutsideOfPackage("..jdbc..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.springframework.jdbc..");

    @ArchTest
    static final ArchRule celStaysInItsAdapter = noClasses()
            .that()
            .resideOutsideOfPackage("..cel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.cel..");

    @ArchTest
    static final ArchRule problemsAreMadeInRestAdaptersOnly = noClasses()
            .that()
            .resideOutsideOfPackages("..rest..", "..security..", "..problem..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..problem..");

    @ArchTest
    static final ArchRule featuresDependOnEachOtherInOneDirection =
            slices().matching("io.realmwright.deployerpolicy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields = fields().should().notBeAnnotatedWith(Autowired.class);

    @ArchTest
    static final ArchRule timeAndIdentitiesComeFromOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("..start..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule controllersAreNobodyElsesBusiness =
            classes().that().haveSimpleNameEndingWith("Controller").should().bePackagePrivate();
}
