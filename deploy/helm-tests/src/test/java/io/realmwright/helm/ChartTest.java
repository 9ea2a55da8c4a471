package io.realmwright.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.util.FileSystemUtils;
import org.yaml.snakeyaml.Yaml;

class ChartTest {

    @Test
    void helmFindsNothingToComplainAbout() {
        var lint = new Helm(Chart.DIRECTORY).lint().strict().call();

        assertThat(lint.isFailed()).as(String.join("\n", lint.getMessages())).isFalse();
    }

    @ParameterizedTest
    @FieldSource("io.realmwright.helm.Chart#ALL_VALUES")
    void everyObjectHasOnlyFieldsThatKubernetesKnows(Path values) {
        for (HasMetadata object : Chart.with(values).objects()) {
            if (!(object instanceof GenericKubernetesResource)) { // a ServiceMonitor, whose types are not at hand
                assertThat(StrictTypes.unknownFields(object))
                        .as(object.getKind() + " " + object.getMetadata().getName())
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @FieldSource("io.realmwright.helm.Chart#ALL_VALUES")
    void everyPodIsRestrictedAsThePodSecurityStandardAsks(Path values) {
        for (PodSpec pod : pods(Chart.with(values))) {
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getHostNetwork()).isNull();
            for (Container container : pod.getContainers()) {
                var security = container.getSecurityContext();
                assertThat(security.getAllowPrivilegeEscalation()).isFalse();
                assertThat(security.getReadOnlyRootFilesystem()).isTrue();
                assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
                assertThat(container.getResources().getLimits()).containsKey("memory");
            }
            assertThat(pod.getVolumes()).noneMatch(volume -> volume.getHostPath() != null);
        }
    }

    @ParameterizedTest
    @FieldSource("io.realmwright.helm.Chart#ALL_VALUES")
    void noSecretIsInTheChartOrInAVariable(Path values) {
        Chart chart = Chart.with(values);

        assertThat(chart.all(Secret.class)).isEmpty();
        assertThat(pods(chart).stream()
                        .flatMap(pod -> pod.getContainers().stream())
                        .flatMap(container -> container.getEnv().stream())
                        .filter(variable -> variable.getName().contains("PASSWORD")))
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(
                                variable.getValueFrom().getSecretKeyRef().getName())
                        .isNotBlank());
        assertThat(chart.all(ServiceAccount.class))
                .singleElement()
                .satisfies(account ->
                        assertThat(account.getAutomountServiceAccountToken()).isFalse());
    }

    @Test
    void thePrivateKeyGoesToDeployerPolicyAndThePublicOnesToAgents() {
        Chart chart = Chart.with(Chart.PRODUCTION);

        assertThat(keyFiles(chart.one(Deployment.class, "-deployer-policy")
                        .getSpec()
                        .getTemplate()
                        .getSpec()))
                .containsExactly("grant-key.jwk");
        assertThat(keyFiles(chart.one(StatefulSet.class, "-host-agent")
                        .getSpec()
                        .getTemplate()
                        .getSpec()))
                .containsExactly("grant-keys.jwks");
    }

    @Test
    void deployerPolicyIsGivenTheNameOfEveryAgentsPod() {
        Map<String, Object> config = yaml(Chart.with(Chart.TEST_CLUSTER).one(ConfigMap.class, "-deployer-policy"));

        assertThat(hosts(config))
                .extracting(host -> host.get("name"), host -> host.get("agent-url"), host -> host.get("agent-name"))
                .containsExactly(tuple(0, "v14"), tuple(1, "init-ripas"), tuple(2, "v10"));
        assertThat(hosts(config))
                .extracting(host -> host.get("labels"))
                .extracting("host")
                .isEqualTo(List.of("v14", "init-ripas", "v10"));
    }

    private static Tuple tuple(int ordinal, String machine) {
        String agent = "rw-host-agent-" + ordinal;
        return Tuple.tuple(agent + "-" + machine, "http://" + agent + ".rw-host-agent.realms.svc:8081", agent);
    }

    @Test
    void eachAgentHasADatabaseAndMachinesOfItsOwnByItsOrdinal() {
        Chart chart = Chart.with(Chart.TEST_CLUSTER);
        PodSpec agent = chart.one(StatefulSet.class, "-host-agent")
                .getSpec()
                .getTemplate()
                .getSpec();
        ConfigMap config = chart.one(ConfigMap.class, "-host-agent");

        assertThat(variable(agent, "SPRING_DATASOURCE_URL").getValue())
                .isEqualTo("jdbc:postgresql://rw-postgresql:5432/host_agent_$(POD_INDEX)");
        assertThat(variable(agent, "SPRING_CONFIG_ADDITIONAL_LOCATION").getValue())
                .startsWith("file:/etc/realmwright/agent-$(POD_INDEX).yaml");
        assertThat(config.getData()).containsOnlyKeys("agent-0.yaml", "agent-1.yaml", "agent-2.yaml");
        assertThat(config.getData().get("agent-2.yaml")).contains("name: v10", "profile: rmm-1.0+kvm-rme-v10");
    }

    @Test
    void anAgentIsReachedByDeployerPolicyAloneAndItsMetricsByMonitoringAlone() {
        Chart chart = Chart.with(Chart.PRODUCTION);
        var network = new Reachability("realms", chart.all(NetworkPolicy.class));
        var policy = pod(chart.one(Deployment.class, "-deployer-policy")
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels());
        var agent = pod(chart.one(StatefulSet.class, "-host-agent")
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels());
        var neighbour = pod(Map.of("app", "other"));
        var monitoring = new Reachability.Pod("monitoring", Map.of());
        var ingress = new Reachability.Pod("ingress-nginx", Map.of());

        assertThat(network.reaches(policy, agent, 8081)).isTrue();
        assertThat(Stream.of(agent, neighbour, monitoring, ingress))
                .noneMatch(from -> network.reaches(from, agent, 8081));
        assertThat(network.reaches(monitoring, agent, 9090)).isTrue();
        assertThat(Stream.of(policy, neighbour, ingress)).noneMatch(from -> network.reaches(from, agent, 9090));
        assertThat(network.reaches(ingress, policy, 8080)).isTrue();
        assertThat(network.reaches(neighbour, policy, 8080)).isFalse();
        assertThat(network.reaches(agent, policy, 8080)).isFalse();
    }

    @Test
    void theBundledDatabaseIsReachedByTheServicesAlone() {
        Chart chart = Chart.with(Chart.TEST_CLUSTER);
        var network = new Reachability("realms", chart.all(NetworkPolicy.class));
        var database = pod(chart.one(StatefulSet.class, "-postgresql")
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels());
        var agent = pod(chart.one(StatefulSet.class, "-host-agent")
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels());

        assertThat(network.reaches(agent, database, 5432)).isTrue();
        assertThat(network.reaches(pod(Map.of("app", "other")), database, 5432)).isFalse();
        assertThat(chart.one(StatefulSet.class, "-postgresql").getSpec().getVolumeClaimTemplates())
                .hasSize(1);
    }

    @Test
    void servicesSelectThePodsOfTheirComponentAndNoOthers() {
        Chart chart = Chart.with(Chart.TEST_CLUSTER);
        for (Service service : chart.all(Service.class)) {
            List<Map<String, String>> selected = templateLabels(chart).stream()
                    .filter(labels -> labels.entrySet()
                            .containsAll(service.getSpec().getSelector().entrySet()))
                    .toList();
            assertThat(selected).as(service.getMetadata().getName()).hasSize(1);
        }
        assertThat(chart.one(Service.class, "-host-agent").getSpec().getClusterIP())
                .isEqualTo("None");
    }

    @Test
    void replicasScaleByThemselvesOnlyWhereThatIsAskedFor() {
        Chart scaled = Chart.with(Chart.PRODUCTION);
        Chart fixed = Chart.with(Chart.TEST_CLUSTER);

        assertThat(scaled.one(Deployment.class, "-deployer-policy").getSpec().getReplicas())
                .isNull();
        assertThat(scaled.one(HorizontalPodAutoscaler.class, "-deployer-policy")
                        .getSpec()
                        .getMaxReplicas())
                .isEqualTo(9);
        assertThat(fixed.one(Deployment.class, "-deployer-policy").getSpec().getReplicas())
                .isEqualTo(2);
        assertThat(fixed.all(HorizontalPodAutoscaler.class)).isEmpty();
        assertThat(fixed.one(PodDisruptionBudget.class, "-deployer-policy")
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal())
                .isEqualTo(1);
    }

    @Test
    void furtherSettingsGoIntoAFileThatTheServiceReads() {
        ConfigMap config = Chart.with(Chart.PRODUCTION).one(ConfigMap.class, "-deployer-policy");

        Map<String, Object> further = new Yaml().load(config.getData().get("further.yaml"));
        assertThat(further).isEqualTo(Map.of("realmwright", Map.of("policy", Map.of("four-eyes", true))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            auth.anonymous=false                         | choose whom deployer-policy serves
            auth.issuerUri=https://issuer.example        | exclude each other
            grantKey.existingSecret=                     | grantKey.existingSecret is required
            database.existingSecret=                     | database.existingSecret is required
            postgresql.bundled=false                     | database.host is required
            hostAgent.replicas=-1                        | hostAgent
            hostAgent.replica=1                          | replica
            auth.issuer=x                                | issuer
            hostAgent.machines[0].profile=rmm-3.0        | profile
            service.port=70000                           | port
            """)
    void anInstallThatCannotWorkIsRefusedWithTheReason(String setting, String reason) {
        String[] parts = setting.strip().split("=", 2);

        assertThatThrownBy(() ->
                        Chart.render(Chart.DIRECTORY, "rw", List.of(Chart.TEST_CLUSTER), Map.of(parts[0], parts[1])))
                .hasMessageContaining(reason.strip());
    }

    @Test
    void theScriptThatMakesTheDatabasesIsTheOneOfCompose() throws IOException {
        assertThat(Files.readString(Chart.DIRECTORY.resolve("files/10-realmwright.sh")))
                .isEqualTo(Files.readString(Path.of("../postgres/10-realmwright.sh")));
    }

    @Test
    void theOperatorGetsTheRulesThatPromtoolTests() throws IOException {
        var rule = Chart.with(Chart.PRODUCTION).all(GenericKubernetesResource.class).stream()
                .filter(object -> object.getKind().equals("PrometheusRule"))
                .findFirst()
                .orElseThrow();

        var groups = new ArrayList<Object>();
        for (String file : List.of("recording.yml", "alerts.yml")) {
            String rules = Files.readString(Path.of("../observability/prometheus/rules", file));
            assertThat(Files.readString(Chart.DIRECTORY.resolve("files").resolve(file)))
                    .isEqualTo(rules);
            Map<String, List<Object>> read = new Yaml().load(rules);
            groups.addAll(read.get("groups"));
        }
        assertThat(new Yaml()
                        .<Map<String, Object>>load(
                                new Yaml().dump(rule.getAdditionalProperties().get("spec"))))
                .isEqualTo(Map.of("groups", groups));
    }

    @Test
    void helmTestRunsTheSmokeJobOnTheRelease(@TempDir Path directory) throws IOException {
        // Helm keeps hooks apart from what it renders, so the mark of a hook goes, and the rest is looked at.
        FileSystemUtils.copyRecursively(Chart.DIRECTORY, directory);
        Path hook = directory.resolve("templates/tests/smoke.yaml");
        String text = Files.readString(hook);
        assertThat(text).contains("helm.sh/hook: test\n");
        Files.writeString(hook, text.replace("helm.sh/hook", "not-a-hook"));
        Chart chart = Chart.of(Chart.render(directory, "rw", List.of(Chart.TEST_CLUSTER), Map.of()));
        Pod smoke = chart.one(Pod.class, "-smoke");

        assertThat(StrictTypes.unknownFields(smoke)).isEmpty();
        assertThat(smoke.getSpec().getContainers().getFirst().getArgs())
                .containsExactly("smoke", "--url", "http://rw:80", "--home", "/app");
    }

    private static List<PodSpec> pods(Chart chart) {
        List<PodSpec> pods = new ArrayList<>();
        chart.all(Deployment.class)
                .forEach(object -> pods.add(object.getSpec().getTemplate().getSpec()));
        chart.all(StatefulSet.class)
                .forEach(object -> pods.add(object.getSpec().getTemplate().getSpec()));
        chart.all(Pod.class).forEach(object -> pods.add(object.getSpec()));
        return pods;
    }

    private static List<Map<String, String>> templateLabels(Chart chart) {
        List<Map<String, String>> labels = new ArrayList<>();
        chart.all(Deployment.class)
                .forEach(object ->
                        labels.add(object.getSpec().getTemplate().getMetadata().getLabels()));
        chart.all(StatefulSet.class)
                .forEach(object ->
                        labels.add(object.getSpec().getTemplate().getMetadata().getLabels()));
        return labels;
    }

    private static List<String> keyFiles(PodSpec pod) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals("keys"))
                .flatMap(volume -> volume.getSecret().getItems().stream())
                .map(item -> item.getKey())
                .toList();
    }

    private static EnvVar variable(PodSpec pod, String name) {
        return pod.getContainers().getFirst().getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Reachability.Pod pod(Map<String, String> labels) {
        return new Reachability.Pod("realms", new HashMap<>(labels));
    }

    private static Map<String, Object> yaml(ConfigMap config) {
        return new Yaml().load(config.getData().get("application.yaml"));
    }

    @SuppressWarnings("unchecked") // the shape is the chart's own
    private static List<Map<String, Object>> hosts(Map<String, Object> config) {
        var realmwright = (Map<String, Object>) config.getOrDefault("realmwright", Map.of());
        var host = (Map<String, Object>) realmwright.getOrDefault("host", Map.of());
        return (List<Map<String, Object>>) host.getOrDefault("configured", List.of());
    }
}
