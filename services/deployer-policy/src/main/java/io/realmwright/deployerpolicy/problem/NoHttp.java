package io.realmwright.deployerpolicy.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers a request that is no HTTP with a problem like every other error: it never comes as far as Spring. */
@Component
class NoHttp implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private final JsonMapper json;

    NoHttp(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(
                (Context context) -> context.getParent().getPipeline().addValve(new ProblemReport()));
    }

    /** Stands in the place of Tomcat's page of HTML. */
    private final class ProblemReport extends ErrorReportValve {
        @Override
        protected void report(Request request, Response response, @Nullable Throwable thrown) {
            boolean isAnswered = response.getContentWritten() > 0;
            if (response.getStatus() < HttpStatus.BAD_REQUEST.value() || isAnswered || !response.setErrorReported()) {
                return;
            }
            try {
                response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                response.setCharacterEncoding(StandardCharsets.UTF_8);
                response.getOutputStream().write(json.writeValueAsBytes(problem(response.getStatus())));
                response.finishResponse();
            } catch (IOException e) {
                container.getLogger().debug("The caller is gone.", e);
            }
        }
    }

    private static ProblemDetail problem(int status) {
        boolean isOurs = status == HttpStatus.INTERNAL_SERVER_ERROR.value();
        ProblemDetail body = isOurs
                ? Problem.INTERNAL_ERROR.body("The service's log tells more.", Map.of())
                : Problem.UNREADABLE_REQUEST.body("This is not HTTP as the service speaks it.", Map.of());
        body.setStatus(status); // 501 and 505 say more than 400 does
        return body;
    }
}
