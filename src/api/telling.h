// Telling people by the ways each of them wishes: the list 消息 with its bell, a letter, a channel. The only door
// from handlers to workbench::tell_person.
#pragma once
#include <string>
#include <vector>

#include "api/desk.h"
#include "workbench/message.h"

namespace guanhu::api {

// Makes its own transaction; the bell rings at once for whom the event reaches in the program. How many were told.
// `ask` needs event, key, title, text, link; person, name and org are filled in.
int64_t tell_people(Desk& desk, const std::vector<std::string>& people, workbench::MessageAsk ask);

}  // namespace guanhu::api
