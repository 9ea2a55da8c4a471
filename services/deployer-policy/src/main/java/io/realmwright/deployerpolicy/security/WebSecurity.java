package io.realmwright.deployerpolicy.security;

import io.realmwright.deployerpolicy.security.Endpoints.Endpoint;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Tokens, scopes and the headers that browsers heed, for every request. */
@Configuration(proxyBeanMethods = false)
class WebSecurity {
    /** Browsers run and load only what this service itself serves as files, so that no answer of the API becomes a page. */
    static final String CONTENT = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");

    /** The pages need none of what a browser could let them use. */
    private static final String PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            Admission admission,
            ObjectProvider<JwtDecoder> tokens,
            Refusals refusals,
            LimitProperties limits,
            Environment environment) {
        http.csrf(AbstractHttpConfigurer::disable) // there is no cookie that a foreign page could ride on
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .permissionsPolicyHeader(permissions -> permissions.policy(PERMISSIONS)))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
        http.addFilterBefore(
                new RateLimitFilter(new RateLimit(limits.requests(), limits.callersMax()), refusals),
                AuthorizationFilter.class);
        switch (admission) {
            case TOKENS -> {
                acceptTokens(http, tokens.getObject(), refusals);
                requireScopes(http, environment);
            }
            case LOOPBACK, EVERYBODY -> {
                http.addFilterBefore(
                        new ForeignPageFilter(refusals, admission == Admission.LOOPBACK), AuthorizationFilter.class);
                http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
            }
        }
        return http.build();
    }

    private static void acceptTokens(HttpSecurity http, JwtDecoder tokens, Refusals refusals) {
        http.oauth2ResourceServer(resource -> resource.authenticationEntryPoint(refusals)
                .authenticationManagerResolver(request -> manager(tokens))
                .withObjectPostProcessor(new ObjectPostProcessor<BearerTokenAuthenticationFilter>() {
                    @Override
                    public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                        filter.setAuthenticationFailureHandler(refusals);
                        return filter;
                    }
                }));
    }

    private static AuthenticationManager manager(JwtDecoder tokens) {
        var converter = new JwtAuthenticationConverter();
        return authentication -> {
            try {
                return converter.convert(tokens.decode(((BearerTokenAuthenticationToken) authentication).getToken()));
            } catch (BadJwtException e) {
                throw new InvalidBearerTokenException(String.valueOf(e.getMessage()), e);
            } catch (JwtException e) {
                throw new IssuerUnavailableException(e);
            }
        };
    }

    private static void requireScopes(HttpSecurity http, Environment environment) {
        http.authorizeHttpRequests(requests -> {
            requests.requestMatchers(Endpoints.PUBLIC.toArray(String[]::new)).permitAll();
            requests.requestMatchers(onManagementPort(environment)).permitAll();
            for (Endpoint endpoint : Endpoints.PROTECTED) {
                requests.requestMatchers(
                                PathPatternRequestMatcher.withDefaults().matcher(endpoint.method(), endpoint.path()))
                        .access(having(endpoint.scope()));
            }
            requests.anyRequest().denyAll();
        });
    }

    private static AuthorizationManager<RequestAuthorizationContext> having(Scope scope) {
        var authority = AuthorityAuthorizationManager.<RequestAuthorizationContext>hasAuthority(scope.authority());
        return (authentication, context) -> {
            AuthorizationResult result = authority.authorize(authentication, context);
            if (!result.isGranted()) {
                throw new MissingScopeException(scope);
            }
            return result;
        };
    }

    /** The management port, if it is another one, is for the cluster's own eyes and not published. */
    private static RequestMatcher onManagementPort(Environment environment) {
        int main = environment.getProperty("server.port", Integer.class, 0);
        int management = environment.getProperty("management.server.port", Integer.class, main);
        return (HttpServletRequest request) -> management != main && request.getLocalPort() == management;
    }
}
