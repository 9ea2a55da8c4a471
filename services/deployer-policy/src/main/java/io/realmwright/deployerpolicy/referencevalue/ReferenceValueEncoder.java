package io.realmwright.deployerpolicy.referencevalue;

/** Writes reference values in a form that verifiers read. */
@FunctionalInterface
public interface ReferenceValueEncoder {
    byte[] encode(ReferenceValueSet values);
}
