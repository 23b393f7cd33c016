//! Errors of endpoints.

use crate::body::ProblemBody;
use axum::response::{IntoResponse, Response};
use model::{AppError, Code, FieldError};
use std::collections::BTreeMap;
use utoipa::{
    IntoResponses, ToSchema,
    openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder, response},
};
use web::Problem;

/// What an endpoint answers instead: a problem document. `?` makes it of the errors below it.
#[derive(Debug)]
pub struct ApiError(Problem);

impl ApiError {
    /// A field that was understood and refused, or could not be read.
    pub fn field(code: Code, path: impl Into<String>, error: FieldError) -> Self {
        AppError::new(code).and(path, error).into()
    }
}

impl<E: Into<Problem>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

/// In the document every endpoint has these under `default`.
impl IntoResponses for ApiError {
    fn responses() -> BTreeMap<String, RefOr<response::Response>> {
        let schema = Ref::from_schema_name(ProblemBody::name());
        let content = ContentBuilder::new().schema(Some(schema)).build();
        let problem = ResponseBuilder::new()
            .description("What went wrong, as a problem document")
            .content("application/problem+json", content)
            .build();
        BTreeMap::from([("default".to_owned(), RefOr::T(problem))])
    }
}
