package io.realmwright.deployerpolicy.host.agentclient;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micrometer.observation.ObservationRegistry;
import io.realmwright.deployerpolicy.grant.ServiceTokens;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.HostProperties;
import java.net.http.HttpClient;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class AgentClientConfiguration {
    @Bean
    Agents agents(
            HostProperties properties, ServiceTokens tokens, ObservationRegistry observations, SslBundles bundles) {
        var connections = HttpClientSettings.defaults()
                .withConnectTimeout(properties.connectTimeout())
                .withRedirects(HttpRedirects.DONT_FOLLOW)
                .withSslBundle(properties.sslBundle() == null ? null : bundles.getBundle(properties.sslBundle()));
        return new RestAgents(
                api(connections.withReadTimeout(properties.readTimeout()), tokens, observations),
                api(connections.withReadTimeout(properties.launchTimeout()), tokens, observations));
    }

    private static AgentApi api(
            HttpClientSettings connections, ServiceTokens tokens, ObservationRegistry observations) {
        // Unlike our own callers, an agent may say more than we know: it may be the newer of the two.
        JsonMapper mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();
        RestClient client = RestClient.builder()
                .observationRegistry(observations) // hands the trace on to the agent
                .requestFactory(requests(connections))
                .requestInterceptor((request, body, execution) -> {
                    request.getHeaders()
                            .setBearerAuth(
                                    tokens.forAgent(RestAgents.CALLED.get().agentName()));
                    return execution.execute(request, body);
                })
                .configureMessageConverters(converters ->
                        converters.registerDefaults().withJsonConverter(new JacksonJsonHttpMessageConverter(mapper)))
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(AgentApi.class);
    }

    private static ClientHttpRequestFactory requests(HttpClientSettings connections) {
        return ClientHttpRequestFactoryBuilder.jdk()
                .withHttpClientCustomizer(client -> client.version(HttpClient.Version.HTTP_1_1))
                .build(connections);
    }
}
