// The one way in: session, one-time password, CSRF, permission, parameters, body, in this order; then the handler;
// then its outcome as a response. Which requests are refused for what, and in which order, is tested in
// tests/api.
#pragma once
#include "api/endpoint.h"
#include "api/services.h"
#include "http/router.h"

namespace guanhu::api {

inline constexpr std::string_view kBase = "/api/v1";
inline constexpr std::string_view kCookie = "guanhu";

// Mounts every endpoint of the table below kBase.
void mount(http::Router& router, Services& services, const Table& table, const Schemas& named);

// problem+json in the reader's language.
http::Response problem(const Refusal& refusal, Language language);

// Which status goes with the code of an error that a rule or the world gave.
int status_of(const base::Error& error);
Refusal refusal_of(const base::Error& error);

}  // namespace guanhu::api
