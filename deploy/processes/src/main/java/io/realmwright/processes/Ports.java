package io.realmwright.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine. */
public final class Ports {
    private Ports() {}

    /** A port that nobody listens on. */
    public static int free() {
        try {
            return free(0);
        } catch (IOException e) {
            throw new LocalRunException("no port is free", e);
        }
    }

    /**
     * The port that is wanted, or any if that is 0.
     *
     * @throws IOException if somebody listens there
     */
    public static int free(int wanted) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return socket.getLocalPort();
        }
    }
}
