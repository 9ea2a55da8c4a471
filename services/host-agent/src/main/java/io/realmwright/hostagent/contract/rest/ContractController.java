package io.realmwright.hostagent.contract.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The contract of this service, from the same file that its tests are held against. */
@RestController
class ContractController {
    private final String openapi;
    private final String docs;

    ContractController() throws IOException {
        this.openapi = new ClassPathResource("api/host-agent.yaml").getContentAsString(StandardCharsets.UTF_8);
        this.docs = DocsPage.render(openapi);
    }

    @GetMapping(path = "/openapi.yaml", produces = "application/yaml")
    String openapi() {
        return openapi;
    }

    @GetMapping(path = "/docs", produces = MediaType.TEXT_HTML_VALUE)
    String docs() {
        return docs;
    }
}
