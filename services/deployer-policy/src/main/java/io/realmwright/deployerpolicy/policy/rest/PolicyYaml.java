package io.realmwright.deployerpolicy.policy.rest;

import io.realmwright.deployerpolicy.policy.json.PolicyContentDocument;
import io.realmwright.deployerpolicy.policy.rest.PolicyBodies.NewPolicy;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.converter.yaml.JacksonYamlHttpMessageConverter;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Policies that people write come as YAML, if they like; answers are JSON, and so is every other body. */
final class PolicyYaml extends JacksonYamlHttpMessageConverter {
    private static final Set<Class<?>> DOCUMENTS = Set.of(NewPolicy.class, PolicyContentDocument.class);

    PolicyYaml() {
        // As strict as the application is with JSON.
        super(YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build());
    }

    @Override
    public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
        return mediaType != null && DOCUMENTS.contains(type.toClass()) && super.canRead(type, mediaType);
    }

    @Override
    public boolean canWrite(ResolvableType type, Class<?> valueClass, @Nullable MediaType mediaType) {
        return false;
    }
}
