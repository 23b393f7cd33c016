//! Logs for people or machines, metrics, and traces if asked for. Set up once, at the start of the process.

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use std::{io::IsTerminal as _, time::Duration};
use tracing_subscriber::{
    EnvFilter, Layer, Registry, filter::ParseError, layer::SubscriberExt, util::SubscriberInitExt,
};

/// What is logged where nothing else is said.
const DEFAULT_FILTER: &str = "info,sqlx=warn,sqlx_core::pool=error,tantivy=warn,hyper=warn";
/// The edges, in seconds, of the buckets that durations are counted in.
const SECONDS: &[f64] =
    &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0];
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Pretty,
    /// One JSON object a line.
    Json,
}

#[derive(Clone, Debug, Default)]
pub struct TelemetrySettings {
    pub format: LogFormat,
    /// What is logged, as in `info,search=debug`.
    pub filter: Option<String>,
    /// Where traces are sent (OTLP over HTTP), as in `http://localhost:4318/v1/traces`.
    pub otlp: Option<String>,
}

#[derive(thiserror::Error, Debug)]
pub enum TelemetryError {
    #[error("the log filter cannot be read: {0}")]
    Filter(#[from] ParseError),
    #[error("metrics cannot be kept: {0}")]
    Metrics(#[from] BuildError),
    #[error("logging is set up already")]
    SetUpTwice,
    #[error("this program was built without traces (feature `otlp`)")]
    OtlpNotBuilt,
    #[error("traces cannot be sent: {0}")]
    Otlp(String),
}

/// Telemetry at work. Keep it until the process ends; [`shut_down`](Self::shut_down) sends what is left.
pub struct Telemetry {
    prometheus: PrometheusHandle,
    #[cfg(feature = "otlp")]
    traces: Option<opentelemetry_sdk::trace::SdkTracerProvider>,
}

impl Telemetry {
    /// Installs logging and metrics for the whole process. Within a runtime, metrics are also kept tidy.
    pub fn start(settings: &TelemetrySettings) -> Result<Self, TelemetryError> {
        let filter = EnvFilter::try_new(settings.filter.as_deref().unwrap_or(DEFAULT_FILTER))?;
        let log: Box<dyn Layer<Registry> + Send + Sync> = match settings.format {
            LogFormat::Pretty => {
                let colours = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
                tracing_subscriber::fmt::layer().with_target(false).with_ansi(colours).boxed()
            }
            LogFormat::Json => tracing_subscriber::fmt::layer().json().flatten_event(true).boxed(),
        };
        let subscriber = tracing_subscriber::registry().with(log.with_filter(filter));

        #[cfg(feature = "otlp")]
        let traces = otlp::provider(settings.otlp.as_deref())?;
        #[cfg(feature = "otlp")]
        let subscriber = subscriber.with(traces.as_ref().map(otlp::layer));
        #[cfg(not(feature = "otlp"))]
        if settings.otlp.is_some() {
            return Err(TelemetryError::OtlpNotBuilt);
        }
        subscriber.try_init().map_err(|_| TelemetryError::SetUpTwice)?;

        let prometheus = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)?
            .install_recorder()?;
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let handle = prometheus.clone();
            runtime.spawn(async move {
                loop {
                    tokio::time::sleep(UPKEEP_EVERY).await;
                    handle.run_upkeep();
                }
            });
        }
        Ok(Self {
            prometheus,
            #[cfg(feature = "otlp")]
            traces,
        })
    }

    /// All metrics, as Prometheus reads them.
    pub fn metrics(&self) -> String {
        self.prometheus.render()
    }

    /// A handle that renders metrics, for whoever answers `/metrics`.
    pub fn prometheus(&self) -> PrometheusHandle {
        self.prometheus.clone()
    }

    /// Sends the traces that are left. Blocks for a moment.
    pub fn shut_down(&self) {
        #[cfg(feature = "otlp")]
        if let Some(Err(error)) =
            self.traces.as_ref().map(opentelemetry_sdk::trace::SdkTracerProvider::shutdown)
        {
            tracing::warn!(%error, "The last traces could not be sent");
        }
    }
}

#[cfg(feature = "otlp")]
mod otlp {
    use super::TelemetryError;
    use opentelemetry::trace::TracerProvider;
    use opentelemetry_otlp::{SpanExporter, WithExportConfig};
    use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
    use tracing_subscriber::{Layer, filter::LevelFilter, registry::LookupSpan};

    pub(super) fn provider(endpoint: Option<&str>) -> Result<Option<SdkTracerProvider>, TelemetryError> {
        let Some(endpoint) = endpoint else { return Ok(None) };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_endpoint(endpoint)
            .build()
            .map_err(|error| TelemetryError::Otlp(error.to_string()))?;
        Ok(Some(
            SdkTracerProvider::builder()
                .with_batch_exporter(exporter)
                .with_resource(Resource::builder().with_service_name("pasar").build())
                .build(),
        ))
    }

    pub(super) fn layer<S>(provider: &SdkTracerProvider) -> impl Layer<S> + use<S>
    where
        S: tracing::Subscriber + for<'span> LookupSpan<'span>,
    {
        tracing_opentelemetry::layer().with_tracer(provider.tracer("pasar")).with_filter(LevelFilter::INFO)
    }
}
