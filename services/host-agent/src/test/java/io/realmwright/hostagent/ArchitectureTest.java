package io.realmwright.hostagent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.UUID;
import org.springframework.boot.context.properties.ConfigurationProperties;

@AnalyzeClasses(packages = "io.realmwright.hostagent", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] ADAPTERS = {"..rest..", "..jdbc.."};
    private static final String[] NOT_CORE = {
        "..rest..", "..jdbc..", "..config..", "..security..", "..start..", "..problem..", "io.realmwright.hostagent"
    };

    @ArchTest
    static final ArchRule theCoreDoesNotKnowItsAdapters = noClasses()
            .that(resideOutsideOfPackages(NOT_CORE))
            .should()
            .dependOnClassesThat(resideInAnyPackage(ADAPTERS));

    @ArchTest
    static final ArchRule theCoreTakesFromSpringOnlyWhatMarksItsParts = noClasses()
            .that(resideOutsideOfPackages(NOT_CORE).and(not(annotatedWith(ConfigurationProperties.class))))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework..")
                    .and(resideOutsideOfPackages(
                            "org.springframework.stereotype..",
                            "org.springframework.transaction.annotation..",
                            "org.springframework.scheduling.annotation..")));

    @ArchTest
    static final ArchRule sqlStaysInJdbcPackages = noClasses()
            .that()
            .resideOutsideOfPackage("..jdbc..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..");

    @ArchTest
    static final ArchRule jsonTreesStayInAdaptersAndInTheirOwnPackage = noClasses()
            .that(resideOutsideOfPackages("..rest..", "..jdbc..", "..json..", "..problem.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..");

    @ArchTest
    static final ArchRule theMachineIsUsedAsAModuleWouldAllow = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.realmwright.machine.rmm..", "io.realmwright.machine.vcpu..");

    @ArchTest
    static final ArchRule featuresFormNoCycles =
            slices().matching("io.realmwright.hostagent.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields = noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value");

    @ArchTest
    static final ArchRule timeAndChanceComeFromConfiguration = noClasses()
            .that()
            .resideOutsideOfPackage("..config..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random");
}
