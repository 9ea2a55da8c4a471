package io.realmwright.hostagent.start;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The agent cannot tell its callers apart, so it serves none but those on its own host. Asked before any bean is made:
 * no port is open and no machine has booted when the start is refused.
 */
@Component
final class LoopbackOnly implements BeanFactoryPostProcessor {
    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        var address = beans.getBean(Environment.class).getProperty("server.address", "");
        if (!isLoopback(address)) {
            throw new RefusedStartException(
                    "The agent does not authenticate its callers, and server.address is "
                            + (address.isBlank() ? "empty, which means every address" : address) + ".",
                    "Set server.address to a loopback address, for example 127.0.0.1.");
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
