const listed = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** The commonest words of written English and of office talk that hardly any other language writes as well. */
export const ENGLISH_WORDS = listed(`
    the of and is it its it's she they you your our their him them my this that these those there here be
    been being are were having does did done doing don't doesn't didn't can can't cannot could couldn't will
    won't would wouldn't shall should shouldn't may might must ought let's i'm i'd i'll i've we're we'd
    we'll we've you're you'd you'll they're isn't aren't wasn't weren't that's what's who's where's there's
    how's nor if than when while because since until unless though although too very just only even still
    again already yet ever never always often usually sometimes now soon later before after during between
    among against with without within about above below near from into onto out off up down through across
    around behind beside for like what which who whom whose why how where whether one two three four five
    seven eight nine first second third last next other another each every any some both few many much more
    most less least several enough own same such get gets got getting give gives gave go goes going gone
    went come comes came make makes made making take takes took taken see saw seen know knows knew think
    thinks thought want wants wanted need needs needed use used using find found tell told ask asked asking
    work works worked working seem feel try tried trying leave left called calling keep kept begin began
    show shown showed hear play run runs running move moved moving live believe hold held bring brought
    happen happens write wrote written sit lose paid meet meets include continue set learn change changes
    changed understand watch follow create created speak read allow add added grow open opened walk remember
    love consider appear buy wait serve send sent sending expect built building stay fall reach remain
    suggest raise sell require decide delay postpone shift extend shorten cancel cancelled canceled remove
    removed delete deleted invite invited inviting join joined attend share shared book booked booking
    schedule scheduled scheduling arrange planned planning discuss discussed discussing talk talked talking
    reviewed reviewing prepare present started starting finish finished ends ended ending beginning confirm
    checking reschedule rename put please pls plz thanks thank thx dear regards cheers sorry yes yeah yep
    sure fine good great nice better best bad new big small large short high low early late free busy ready
    happy quick brief able available whole real right wrong clear certain internal external quarterly
    monthly weekly daily sessions catch retrospective invites space recording microphone presenter
    presenters organiser organizer organizers attendees guests guest people everyone everybody anyone
    someone nobody anybody director customer customers vendor vendors supplier suppliers colleague
    colleagues company department products designs engineering sales operations forecast releases launch
    progress answer issue issues problems idea ideas topic topics subject title names number numbers list
    reports results price prices cost costs contract contracts proposal hiring offboarding performance goals
    goal quarter year years month months week weeks weekend day days today tomorrow yesterday tonight
    morning afternoon evening night noon midday midnight hour hours time times dates half past monday
    tuesday wednesday thursday friday saturday sunday january february june july october breakfast coffee
    drinks holiday holidays sick doctor dentist school kids flight house city country world life family
    friend friends woman women child children student end way thing things lot bit word words story files
    deck messages testing builds fixes deploy deployment incident outage compliance policy policies process
    processes committee council leadership kick wrap walkthrough deep dive introduction overview summary
    refinement grooming brainstorm ahead back forward together away once twice maybe perhaps probably
    actually really quite rather instead else anyway however therefore basically on for
`);

/** Words of English that people write in other languages, too: they tell nothing. */
export const SHARED_WORDS = listed(`
    agenda all also am an annual app appointment apps as at audit backlog bank bar board boss brainstorming
    briefing brunch budget budgets bug bugs build bus business but by call calls camera cameras candidate
    car case catchup central chat check client clients code commission conference conversation data date
    deadline deal deals debrief demo den design die dinner discussion do doc docs document documents drop el
    email emails est et executive fast feedback file finance fix format forum general global gold group
    groups had hall handover hands has have he hello her hey hi his home host hotel huddle ideal important
    in information international interview intro invitation invitations job kickoff kind la le lead legal
    let line lines link links lobby local long lunch mag mail mails main man manager managers marketing me
    meeting meetings men message met metrics migration minute minutes name no normal not note notes offer
    office offsite ok okay old onboarding online onsite or over page pages panel park part partner partners
    parts party pass passcode password pay perfect person phone place plan plans plus point possible post
    pricing private problem product project projects public pull push question questions quiz radio record
    regional release report retro review roadmap room rooms security server service session side simple six
    slide slides so software spend sport sprint staff stand standard standup start status steering stop
    strategy super support sync taxi tea team teams ten test tests text then till to total town train
    training transcript transcription type under update updates urgent version video was we webinar website
    win workshop
`);

/** Articles and small words of other languages that Intl does not know and English does not have. */
export const FOREIGN_SMALL_WORDS = listed(`
    der das dem ein eine einen mit für auf zu von bei nach bis ist und nicht zum zur het een met naar voor tot wij
    le les des du au aux une avec pour sur par dans el los las del una con para por que il lo gli della delle dal
    dalle alla alle per um uma com das dos ao och ett med för på är jag och og til ikke pä z ze na się jest od ve
    pro ile için bir ama o
`);
