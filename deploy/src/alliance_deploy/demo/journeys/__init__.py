"""The journeys, by the name they have in `journeys.toml`."""

from collections.abc import Awaitable, Callable, Mapping

from alliance_deploy.demo.journey import Journey
from alliance_deploy.demo.journeys.conversations import not_safe, self_introduction, three_offers, urgent_from_a_gp
from alliance_deploy.demo.journeys.details import personal_data
from alliance_deploy.demo.journeys.endings import (
    an_ordinary_morning,
    withdrawal_before_anything,
    withdrawal_half_way,
)
from alliance_deploy.demo.journeys.homes import home_at_last, one_home_two_people, one_person_two_homes
from alliance_deploy.demo.journeys.plans import plan_and_measures
from alliance_deploy.demo.journeys.twice import one_person_twice

Story = Callable[[Journey], Awaitable[None]]

JOURNEYS: Mapping[str, Story] = {
    "self-introduction": self_introduction,
    "three-offers": three_offers,
    "plan-and-measures": plan_and_measures,
    "one-person-twice": one_person_twice,
    "urgent-from-a-gp": urgent_from_a_gp,
    "not-safe": not_safe,
    "home-at-last": home_at_last,
    "withdrawal-half-way": withdrawal_half_way,
    "withdrawal-before-anything": withdrawal_before_anything,
    "two-at-once-one-home": one_home_two_people,
    "two-at-once-one-person": one_person_two_homes,
    "personal-data": personal_data,
    "an-ordinary-morning": an_ordinary_morning,
}
