"""A small module with a part of every kind, for tests that must not change when a shipped course does."""

from __future__ import annotations

from dataclasses import replace

from trainer.curriculum.faults import Faults
from trainer.curriculum.modules import Place, read_module
from trainer.curriculum.rules import Catalogue, Module, Part, Programme, Question, Topic

TEXT = """---
title: Keeping watch
reading: 4 min
practice: 10 min
outcomes:
  - Keep watch through the night
  - Wake the next one
safety: true
content_note: Mentions a storm, briefly. You can talk it through with your trainer instead.
sources:
  - "The keeper's handbook (1911)"
---

## Before you read
<!-- try -->

A ship is late. What do you write in the log?

## The lamp

A lamp that burns all night is seen by those who need it.

### The bell

Ring it in fog.

## The log

Write down what you saw, and when.

## Check yourself
<!-- quiz -->

Some questions.

### In fog
<!-- single safety -->

Fog comes in. What do you do?

- [ ] Wait until it lifts. <!-- wait -->
  > A ship is nearer than it seems. Ring at once.
- [x] Ring the bell at once.
  > Whoever is out there hears you.
- [ ] Light a second lamp.
  > Light does not carry in fog. Sound does.

### What to log
<!-- multiple -->

What belongs in the log? Choose all that do.

- [x] The hour.
  > Without it the rest says little.
- [x] The wind.
  > It tells the next keeper what to expect.
- [ ] Who you think is to blame.
  > The log keeps what was seen. A guess is none.
- [ ] What the keeper before you should have done. <!-- blame -->
  > It is too late for that, and it is no observation.

### Handing over
<!-- order -->

Put the handing over in order.

1. Wake the next keeper
2. Read the log together
3. Give the keys
4. Sleep

> Waking comes first: nobody reads in their sleep.

### From memory
<!-- recall -->

What are the three duties of a keeper?

> Lamp, bell, log.

## Reflect
<!-- reflect -->

### A long night
<!-- private -->

Recall a long night. What kept you awake?

*Why we ask: nights are long.*

### My bell
<!-- choose -->

What is your bell?

### My rule
<!-- share -->

Write your rule for the watch.

## Talking to the captain
<!-- dialogue -->

A captain comes ashore.

### The captain asks

> Why did nobody ring?

You were on watch.

- ["It was not my fault."](#cold) <!-- blame -->
- ["I heard you late. I am sorry."](#warmer)
  > The captain looks up. You said what happened.
- ["What did you hear out there?"](#warmer)
  > A question, and room to answer it.

### Cold
<!-- back -->

> So whose was it?

You defended yourself, and the captain has not been heard.

### Warmer

> I thought we were lost.

- ["But you were not."](#brushed)
- ["That must have been a long hour."](#ashore)

### Brushed
<!-- back -->

> No. We were not.

The fear was there all the same.

### Ashore
<!-- end -->

> It was. Thank you for the lamp.

You stayed with what the captain felt.

## Bring to the session

A lamp story of your own.
"""


def read(text: str = TEXT, *, number: int = 1, slug: str = "keeping-watch") -> Module:
    """Return the module that a text makes."""
    faults = Faults(f"modules/{slug}.md")
    draft = read_module(text, Place(slug, "en", ((slug, number),)), {}, faults)
    assert draft is not None and not faults.found, "\n".join(map(str, faults.found))
    return draft.module


def shelve(*modules: Module, programme: Programme) -> Catalogue:
    """Return a catalogue of these modules, all of them topics of the programme."""
    topics = tuple(Topic(module.slug, module.title) for module in modules)
    own = replace(programme, topics=topics)
    return Catalogue(programmes={own.slug: own}, modules={module.slug: module for module in modules})


def part(module: Module, part_id: str) -> Part:
    """Return a part that is there."""
    found = module.part(part_id)
    assert found is not None
    return found


def question(module: Module, question_id: str) -> Question:
    """Return a question that is there."""
    found = module.question(question_id)
    assert found is not None
    return found
