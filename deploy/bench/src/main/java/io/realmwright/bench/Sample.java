package io.realmwright.bench;

import io.realmwright.processes.Api;
import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a service takes at one moment, with its heap just collected. */
record Sample(double seconds, double residentBytes, double heapBytes, double threads, double files) {
    static Sample of(ServiceProcess service, double seconds) {
        collect(service);
        return new Sample(
                seconds,
                service.residentBytes(),
                metric(service, "jvm_memory_used_bytes", "area=\"heap\""),
                threads(service),
                openFiles(service));
    }

    private static void collect(ServiceProcess service) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            var run = new ProcessBuilder(jcmd.toString(), Long.toString(service.pid()), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (run.waitFor() != 0) {
                throw new LocalRunException(jcmd + " cannot reach " + service.name());
            }
        } catch (IOException e) {
            throw new LocalRunException("the heap of " + service.name() + " cannot be collected", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalRunException("interrupted", e);
        }
    }

    /** The sum of a metric over all its series that have this tag; 0 if there are none. */
    static double metric(ServiceProcess service, String name, String tag) {
        var line = Pattern.compile("(?m)^" + name + "(?:\\{([^}]*)\\})? ([0-9.E+-]+)$");
        return line.matcher(new Api(service.url()).text("/actuator/prometheus"))
                .results()
                .filter(match -> tag.isEmpty() || String.valueOf(match.group(1)).contains(tag))
                .mapToDouble(match -> Double.parseDouble(match.group(2)))
                .sum();
    }

    private static double threads(ServiceProcess service) {
        try (var lines = Files.lines(proc(service, "status"))) {
            return lines.filter(line -> line.startsWith("Threads:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .sum();
        } catch (IOException e) {
            throw new LocalRunException("the threads of " + service.name() + " cannot be counted", e);
        }
    }

    private static double openFiles(ServiceProcess service) {
        try (var files = Files.list(proc(service, "fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new LocalRunException("the open files of " + service.name() + " cannot be counted", e);
        }
    }

    private static Path proc(ServiceProcess service, String file) {
        return Path.of("/proc", Long.toString(service.pid()), file);
    }

    static List<Double> seconds(List<Sample> samples) {
        return samples.stream().map(Sample::seconds).toList();
    }
}
