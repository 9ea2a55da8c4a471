package io.realmwright.deployerpolicy.actor.rest;

import io.realmwright.deployerpolicy.actor.ActorProperties;
import io.realmwright.deployerpolicy.actor.Actors;
import io.realmwright.deployerpolicy.json.Fields;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Principal;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The authenticated principal where there is one. Without one, whoever a request from this very machine says it comes
 * from; from elsewhere the header counts for nothing.
 */
@Component
final class RequestActors implements Actors {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+-]{1,100}");

    private final ActorProperties properties;

    RequestActors(ActorProperties properties) {
        this.properties = properties;
    }

    @Override
    public String acting() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                ? acting(request.getRequest())
                : SERVICE;
    }

    private String acting(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        if (principal != null) {
            return principal.getName();
        }
        String claimed = request.getHeader(properties.header());
        return claimed == null || !isFromThisMachine(request) ? ANONYMOUS : checked(claimed);
    }

    private String checked(String claimed) {
        if (!NAME.matcher(claimed).matches() || claimed.equals(SERVICE)) {
            var fields = new Fields();
            fields.reject(properties.header(), "is a name of letters, digits and ._@+-, and not that of this service");
            fields.throwIfAny();
        }
        return claimed;
    }

    private static boolean isFromThisMachine(HttpServletRequest request) {
        try {
            // An address in digits: nothing is looked up.
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
