package io.realmwright.deployerpolicy.host;

import io.realmwright.deployerpolicy.host.Host.Origin;
import io.realmwright.deployerpolicy.label.Labels;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Registers the hosts of the configuration, and forgets those that it no longer names. */
@Component
class ConfiguredHosts {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredHosts.class);

    private final Hosts hosts;
    private final HostProperties properties;

    ConfiguredHosts(Hosts hosts, HostProperties properties) {
        this.hosts = hosts;
        this.properties = properties;
    }

    @EventListener(ApplicationReadyEvent.class)
    void register() {
        properties.configured().forEach(this::register);
        Set<String> named = properties.configured().stream()
                .map(HostProperties.Configured::name)
                .collect(Collectors.toSet());
        hosts.all().stream()
                .filter(host -> host.origin() == Origin.CONFIGURATION && !named.contains(host.name()))
                .forEach(host -> log(host.name(), hosts.remove(host.name(), Origin.CONFIGURATION, false)));
    }

    private void register(HostProperties.Configured host) {
        String agentName = host.agentName() == null ? host.name() : host.agentName();
        var address = new Host.Address(host.agentUrl(), host.machine(), agentName);
        log(host.name(), hosts.register(host.name(), address, Labels.of(host.labels()), Origin.CONFIGURATION));
    }

    private static void log(String name, HostChange change) {
        switch (change) {
            case HostChange.Done _ -> LOG.info("A host of the configuration is registered or removed. host={}", name);
            case HostChange.InUse _ ->
                LOG.warn("A host keeps its old registration because realms are on it. host={}", name);
            case HostChange.UnknownHost _, HostChange.Configured _, HostChange.ChangedMeanwhile _ ->
                LOG.debug("Nothing changed. host={}", name);
        }
    }
}
