package io.realmwright.hostagent.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do instead of printing a stack trace. */
class UnsafeAddressAnalyzer extends AbstractFailureAnalyzer<UnsafeAddressException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsafeAddressException cause) {
        return new FailureAnalysis(
                cause.getMessage(), "Set server.address to a loopback address, for example 127.0.0.1.", cause);
    }
}
