package io.realmwright.hostagent.contract.rest;

import java.util.Locale;
import java.util.Map;
import org.springframework.web.util.HtmlUtils;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A page that lists the operations of an OpenAPI file. */
final class DocsPage {
    private DocsPage() {}

    static String render(String openapi) {
        Map<?, ?> contract = new Yaml(new SafeConstructor(new LoaderOptions())).load(openapi);
        var info = object(contract, "info");
        var page = new StringBuilder(head(text(info, "title"), text(info, "description")));
        object(contract, "paths").forEach((path, item) -> {
            if (item instanceof Map<?, ?> operations) {
                operations.forEach((method, operation) -> page.append(row(path, method, operation)));
            }
        });
        return page.append("</tbody>\n</table>\n</body>\n</html>\n").toString();
    }

    /** A path item holds parameters beside its operations. */
    private static String row(Object path, Object method, Object operation) {
        return operation instanceof Map<?, ?> map
                ? "<tr><td><code>%s %s</code></td><td>%s</td></tr>\n"
                        .formatted(
                                method.toString().toUpperCase(Locale.ROOT),
                                HtmlUtils.htmlEscape(path.toString()),
                                text(map, "summary"))
                : "";
    }

    private static Map<?, ?> object(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof Map<?, ?> child ? child : Map.of();
    }

    private static String text(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof String text ? HtmlUtils.htmlEscape(text.strip()) : "";
    }

    private static String head(String title, String description) {
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s</title>
            <style>
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
            table { border-collapse: collapse; width: 100%% }
            th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #ccc }
            code { white-space: nowrap }
            p { white-space: pre-line }
            </style>
            </head>
            <body>
            <h1>%1$s</h1>
            <p>%2$s</p>
            <p>The contract itself: <a href="/openapi.yaml">/openapi.yaml</a></p>
            <table>
            <thead><tr><th scope="col">Operation</th><th scope="col">What it does</th></tr></thead>
            <tbody>
            """.formatted(title, description);
    }
}
