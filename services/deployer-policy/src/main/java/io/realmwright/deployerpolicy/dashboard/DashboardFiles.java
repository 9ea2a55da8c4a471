package io.realmwright.deployerpolicy.dashboard;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The files of the dashboard under exactly these paths, so that no other path ever answers with a file. */
@Configuration(proxyBeanMethods = false)
class DashboardFiles implements WebMvcConfigurer {
    private static final String FILES = "classpath:/static/";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        // A browser asks each time whether a file has changed: modules of two builds must never meet.
        registry.addResourceHandler("/index.html", "/icon.svg")
                .addResourceLocations(FILES)
                .setCacheControl(CacheControl.noCache());
        for (String directory : new String[] {"css", "js"}) {
            registry.addResourceHandler("/" + directory + "/**")
                    .addResourceLocations(FILES + directory + "/")
                    .setCacheControl(CacheControl.noCache());
        }
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/index.html");
    }
}
