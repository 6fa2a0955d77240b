package org.pocketsocket.it;

import java.io.File;
import org.eu.ingwar.tools.arquillian.extension.suite.annotations.ArquillianSuiteDeployment;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.pocketsocket.it.beans.One;
import org.pocketsocket.test.Talker;

/** The packaged WAR on Payara Micro, deployed once for all container tests. */
@ArquillianSuiteDeployment
public class ContainerSuite {

    @Deployment
    public static WebArchive war() {
        return ShrinkWrap.create(ZipImporter.class, "pocketsocket.war")
                .importFrom(new File(System.getProperty("pocket.war", "target/pocketsocket.war")))
                .as(WebArchive.class)
                .addPackage(ContainerSuite.class.getPackage())
                .addPackage(One.class.getPackage())
                .addClass(Talker.class);
    }
}
