/** The machine's operations under JMH. */
@org.jspecify.annotations.NullMarked
package io.realmwright.jmh;
