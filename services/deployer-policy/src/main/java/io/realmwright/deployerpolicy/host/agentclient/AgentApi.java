package io.realmwright.deployerpolicy.host.agentclient;

import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;
import org.springframework.web.util.UriBuilderFactory;

/** The part of host-agent's REST contract that this service calls. Every call is told which agent it goes to. */
@HttpExchange(accept = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
interface AgentApi {
    @GetExchange("/v1/machines/{machine}")
    AgentDocuments.Machine machine(UriBuilderFactory agent, @PathVariable String machine);

    @PostExchange("/v1/machines/{machine}/realms")
    AgentDocuments.Realm launch(
            UriBuilderFactory agent, @PathVariable String machine, @RequestBody AgentDocuments.Launch launch);

    @PostExchange("/v1/machines/{machine}/realms/{realm}/run")
    AgentDocuments.Realm run(UriBuilderFactory agent, @PathVariable String machine, @PathVariable UUID realm);

    @GetExchange("/v1/machines/{machine}/realms/{realm}")
    AgentDocuments.Realm realm(UriBuilderFactory agent, @PathVariable String machine, @PathVariable UUID realm);

    @DeleteExchange("/v1/machines/{machine}/realms/{realm}")
    AgentDocuments.Realm tearDown(UriBuilderFactory agent, @PathVariable String machine, @PathVariable UUID realm);

    @DeleteExchange("/v1/machines/{machine}/launches/{launchId}")
    AgentDocuments.Revoked revoke(UriBuilderFactory agent, @PathVariable String machine, @PathVariable UUID launchId);

    @GetExchange("/v1/machines/{machine}/realms/{realm}/memory")
    AgentDocuments.Memory memory(UriBuilderFactory agent, @PathVariable String machine, @PathVariable UUID realm);

    @GetExchange("/v1/machines/{machine}/realms/{realm}/measurements")
    AgentDocuments.Measured measurements(
            UriBuilderFactory agent, @PathVariable String machine, @PathVariable UUID realm);

    @GetExchange(
            url = "/v1/machines/{machine}/realms/{realm}/trace",
            accept = {"application/x-ndjson", MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    ResponseEntity<String> trace(
            UriBuilderFactory agent,
            @PathVariable String machine,
            @PathVariable UUID realm,
            @RequestParam long offset,
            @RequestParam int limit);

    @GetExchange(
            url = "/v1/machines/{machine}/realms/{realm}/trace.jsonl.gz",
            accept = {"application/gzip", MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    byte[] traceFile(UriBuilderFactory agent, @PathVariable String machine, @PathVariable UUID realm);

    @HttpExchange(method = "HEAD", url = "/v1/images/{sha256}", accept = MediaType.ALL_VALUE)
    ResponseEntity<Void> headImage(UriBuilderFactory agent, @PathVariable String sha256);

    @PutExchange(
            url = "/v1/images/{sha256}",
            contentType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
            accept = MediaType.ALL_VALUE)
    ResponseEntity<Void> putImage(UriBuilderFactory agent, @PathVariable String sha256, @RequestBody byte[] content);
}
